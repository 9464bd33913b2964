package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientTableTest {

    @Test
    void the_page_lists_what_is_served_and_nothing_else() throws IOException {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Set<String> served = emulator.projects().first().router().calls().stream()
                    .map(call -> call.replace("*", "{projectId}"))
                    .collect(Collectors.toSet());
            ClientTable.keepOnly(served);

            assertThat(ClientTable.read().calls()).containsExactlyInAnyOrderElementsOf(served);
        }
    }
}
