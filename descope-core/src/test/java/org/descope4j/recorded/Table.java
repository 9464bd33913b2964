package org.descope4j.recorded;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the recorded calls, by operation: the sum of a row's other columns is what was recorded. */
final class Table {
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, Integer> notes = new TreeMap<>();

    private static final class Row {
        private int recorded;
        private int asRecorded;
        private int onTheList;
        private int notOurs;
        private String reason = "";
    }

    Table(List<RecordedCall> calls) {
        for (RecordedCall call : calls) {
            Row row = row(call);
            row.recorded++;
            NotOurs.reasonFor(call.operation()).ifPresent(reason -> {
                row.notOurs++;
                row.reason = "not ours: " + reason;
            });
        }
    }

    void countAsRecorded(RecordedCall call) {
        row(call).asRecorded++;
    }

    void countOnTheList(RecordedCall call) {
        row(call).onTheList++;
    }

    void countWithoutRecording(String file, String operation) {
        notes.merge(
                file + ": " + operation + ", for which that client has no words (UnrecordedCallsTest)",
                1,
                Integer::sum);
    }

    void countNotes(String file, int count) {
        notes.merge(file + ": in prose, played by no test of this class", count, Integer::sum);
    }

    private Row row(RecordedCall call) {
        return rows.computeIfAbsent(call.operation(), operation -> new Row());
    }

    @Override
    public String toString() {
        StringBuilder table =
                new StringBuilder("Calls recorded of Descope's clients for Node and Java, made by ours\n");
        table.append(line("operation", "recorded", "as rec.", "on list", "failed", "not ours", ""));
        Row total = new Row();
        rows.forEach((operation, row) -> {
            table.append(line(operation, row));
            total.recorded += row.recorded;
            total.asRecorded += row.asRecorded;
            total.onTheList += row.onTheList;
            total.notOurs += row.notOurs;
        });
        table.append(line("all", total));
        notes.forEach((note, count) -> table.append(String.format(Locale.ROOT, "%4d  %s%n", count, note)));
        return table.toString();
    }

    private static String line(String operation, Row row) {
        int failed = row.recorded - row.asRecorded - row.onTheList - row.notOurs;
        return line(operation, row.recorded, row.asRecorded, row.onTheList, failed, row.notOurs, row.reason);
    }

    private static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-36s %8s %8s %8s %8s %8s  %s", columns)
                        .stripTrailing()
                + "\n";
    }
}
