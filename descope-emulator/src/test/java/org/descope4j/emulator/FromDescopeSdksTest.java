package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.descope.sdk.auth.AuthenticationService;
import com.descope.sdk.auth.MagicLinkService;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page for people who come from Descope's Java SDK forgets none of its calls; here, since the SDK is on this class path. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FromDescopeSdksTest {
    private static final Path PAGE = Path.of("../docs/from-descope-sdks.md");

    @ParameterizedTest
    @MethodSource
    void the_page_names_every_call_of_the_services_that_are_ours(String call) throws IOException {
        assertThat(Files.readString(PAGE)).containsPattern("`[^`]*\\b" + call + "\\(");
    }

    static List<String> the_page_names_every_call_of_the_services_that_are_ours() {
        return Stream.of(MagicLinkService.class, AuthenticationService.class)
                .flatMap(service -> Arrays.stream(service.getDeclaredMethods()))
                .map(Method::getName)
                .distinct()
                .sorted()
                .toList();
    }
}
