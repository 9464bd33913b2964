package org.descope4j.recorded;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded call of Descope's clients for Node and Java, made by ours and answered as theirs was. Our requests equal those of one
 * of the two; our result carries what the recorded one did; what failed there fails here with the exception that belongs to the answer.
 * Where we differ on purpose, {@code differences.json} says so and why, and what we do instead.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedCallsTest {
    private static final RecordedTokens TOKENS = new RecordedTokens();
    private static final List<RecordedCall> CALLS = Recording.calls();
    private static final Map<String, Difference> DIFFERENCES = Difference.all();
    private static final Table TABLE = new Table(CALLS);

    @AfterAll
    static void print_the_table() {
        System.out.println(TABLE);
    }

    @TestFactory
    Stream<DynamicTest> our_client_does_as_the_recorded_one_unless_the_list_says_otherwise() {
        Map<String, List<RecordedCall>> byName = CALLS.stream().collect(groupingBy(RecordedCall::name));
        return CALLS.stream()
                .filter(call -> NotOurs.reasonFor(call.operation()).isEmpty())
                .map(call -> DynamicTest.dynamicTest(
                        call.toString(), () -> play(call, byName.getOrDefault(call.name(), List.of()))));
    }

    private static void play(RecordedCall call, List<RecordedCall> sameCall) {
        Played played = Played.of(call, sameCall, TOKENS);

        Optional<Difference> listed = Optional.ofNullable(DIFFERENCES.get(call.id()));
        if (listed.isEmpty()) {
            assertThat(played.differences()).isEmpty();
            TABLE.countAsRecorded(call);
            return;
        }
        assertThat(played.differences())
                .as("A call on the list must differ; what does not is taken off it")
                .isNotEmpty();
        assertThat(played.ours()).isEqualTo(listed.get().ours());
        TABLE.countOnTheList(call);
    }

    @Test
    void the_list_names_recorded_calls_of_ours_and_nothing_else() {
        assertThat(CALLS.stream()
                        .filter(call -> NotOurs.reasonFor(call.operation()).isEmpty()))
                .extracting(RecordedCall::id)
                .containsAll(DIFFERENCES.keySet());
    }

    @Test
    void every_rule_of_the_list_is_explained_to_users() throws IOException {
        String page = Files.readString(Path.of("../docs/differences.md"));

        assertThat(DIFFERENCES.values())
                .extracting(Difference::rule)
                .allSatisfy(rule -> assertThat(page).contains("| " + rule + " |"));
    }

    @Test
    void no_file_of_the_recording_is_left_aside() {
        assertThat(Recording.names())
                .containsExactlyInAnyOrder(
                        "README.md",
                        "java",
                        "java-1.4.0-wire-differences.json",
                        "java-unsupported.json",
                        "node",
                        "node-unsupported.json",
                        "timeouts.json",
                        "tokens.json");
        assertThat(CALLS).hasSize(433);
    }

    /** There is nothing of that client to compare with; {@link UnrecordedCallsTest} makes these calls. */
    @Test
    void what_one_of_the_clients_cannot_say_is_counted() {
        for (String file : List.of("node-unsupported.json", "java-unsupported.json")) {
            for (JsonObject call : Recording.object(file).getJsonArray("calls").getValuesAs(JsonObject.class)) {
                TABLE.countWithoutRecording(file, call.getString("operation"));
            }
        }
        TABLE.countNotes("timeouts.json", 2);
        TABLE.countNotes(
                "java-1.4.0-wire-differences.json",
                Recording.object("java-1.4.0-wire-differences.json")
                        .getJsonArray("differences")
                        .size());
    }
}
