package org.descope4j.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table in docs/emulator.md of what is served, and by which method of which client it is called. */
record ClientTable(Set<Row> rows) {
    private static final Path PAGE = Path.of("..", "docs", "emulator.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `((?:GET|POST|DELETE) /v[12]/\\S+)` \\| (\\S.*) \\| (\\S.*) \\|$", Pattern.MULTILINE);
    private static final String NO_SUCH_METHOD = "-";

    /** A call, with the methods of the two clients that make it. */
    record Row(String call, String java, String node) {
        static Row of(MatchResult match) {
            return new Row(match.group(1), match.group(2), match.group(3));
        }
    }

    static ClientTable read() throws IOException {
        return new ClientTable(
                ROW.matcher(Files.readString(PAGE)).results().map(Row::of).collect(Collectors.toSet()));
    }

    /** The calls that reached an emulator, as the table writes them. */
    static Set<String> madeTo(DescopeEmulator emulator) {
        return emulator.requests().stream()
                .map(request -> request.method() + " " + request.path().replace(emulator.projectId(), "{projectId}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> calls() {
        return calls(row -> true);
    }

    Set<String> callsOfJava() {
        return calls(row -> !row.java().equals(NO_SUCH_METHOD));
    }

    Set<String> callsOfNode() {
        return calls(row -> !row.node().equals(NO_SUCH_METHOD));
    }

    private Set<String> calls(Predicate<Row> filter) {
        return rows.stream().filter(filter).map(Row::call).collect(Collectors.toCollection(TreeSet::new));
    }
}
