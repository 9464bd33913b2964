package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table in docs/emulator.md: what is served, and which method of which client was seen to call it with which result. Each client's
 * test compares its column with what its run produced; with {@code -Ddescope.docs.update=true} it writes the column instead.
 */
final class ClientTable {
    private static final Path PAGE = Path.of("..", "docs", "emulator.md");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `((?:GET|POST|PATCH|DELETE) /v[12]/\\S+)` \\| (\\S.*) \\| (\\S.*) \\|$", Pattern.MULTILINE);
    private static final String HEADER_END = "|---|---|---|\n";
    private static final String NOBODY = "-";
    private static final boolean IS_UPDATE = Boolean.getBoolean("descope.docs.update");

    private static final Comparator<String> BY_PATH = Comparator.comparing(
                    (String call) -> call.substring(call.indexOf('/')))
            .thenComparing(call -> call);

    /** A client, by its column. */
    enum Client {
        JAVA(0),
        NODE(1);

        private final int column;

        Client(int column) {
            this.column = column;
        }
    }

    /** The cells of each call, one for each client. */
    private final SortedMap<String, String[]> cells = new TreeMap<>(BY_PATH);

    static ClientTable read() throws IOException {
        ClientTable table = new ClientTable();
        ROW.matcher(Files.readString(PAGE)).results().forEach(table::add);
        return table;
    }

    private void add(MatchResult row) {
        cells.put(row.group(1), new String[] {row.group(2), row.group(3)});
    }

    Set<String> calls() {
        return cells.keySet();
    }

    /** Compares a client's column with what its methods did; or writes it. */
    static void check(Client client, Column seen) throws IOException {
        if (IS_UPDATE) {
            read().with(client, seen.cells()).write();
        }
        assertThat(read().column(client)).isEqualTo(seen.cells());
    }

    private Map<String, String> column(Client client) {
        Map<String, String> column = new TreeMap<>();
        cells.forEach((call, row) -> {
            if (!row[client.column].equals(NOBODY)) {
                column.put(call, row[client.column]);
            }
        });
        return column;
    }

    private ClientTable with(Client client, Map<String, String> column) {
        column.keySet().forEach(call -> cells.computeIfAbsent(call, any -> new String[] {NOBODY, NOBODY}));
        cells.forEach((call, row) -> row[client.column] = column.getOrDefault(call, NOBODY));
        return this;
    }

    /** Adds the calls that no client makes, and drops those that are not there. */
    static void keepOnly(Set<String> served) throws IOException {
        if (IS_UPDATE) {
            ClientTable table = read();
            table.cells.keySet().retainAll(served);
            served.forEach(call -> table.cells.computeIfAbsent(call, any -> new String[] {NOBODY, NOBODY}));
            table.write();
        }
    }

    private void write() throws IOException {
        String page = Files.readString(PAGE);
        List<String> rows = new ArrayList<>();
        cells.forEach((call, row) -> rows.add("| `" + call + "` | " + row[0] + " | " + row[1] + " |\n"));
        MatchResult first = ROW.matcher(page).results().findFirst().orElseThrow();
        int start = page.lastIndexOf(HEADER_END, first.start()) + HEADER_END.length();
        int end = page.indexOf("\n\n", first.start()) + 1;
        Files.writeString(PAGE, page.substring(0, start) + String.join("", rows) + page.substring(end));
    }

    /** Collects what methods did, in the table's words. A method is ok that came back at least once: others are refused on purpose. */
    static final class Column {
        private final Map<String, SortedMap<String, Boolean>> methodsByCall = new LinkedHashMap<>();

        void note(String call, String method, boolean isOk) {
            methodsByCall.computeIfAbsent(call, any -> new TreeMap<>()).merge(method, isOk, Boolean::logicalOr);
        }

        Map<String, String> cells() {
            Map<String, String> cells = new TreeMap<>();
            methodsByCall.forEach((call, methods) -> cells.put(
                    call,
                    methods.entrySet().stream()
                            .map(method -> "`" + method.getKey() + "` " + (method.getValue() ? "ok" : "FAILED"))
                            .collect(Collectors.joining(", "))));
            return cells;
        }
    }
}
