package org.descope4j.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** Records what this package logs, at every level, until it is closed. */
final class LogRecorder extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("org.descope4j.session");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private LogRecorder() {
        setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    static LogRecorder ofThisPackage() {
        return new LogRecorder();
    }

    String text() {
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream().map(formatter::format).collect(Collectors.joining());
    }

    List<LogRecord> warnings() {
        return records.stream()
                .filter(entry -> Level.WARNING.equals(entry.getLevel()))
                .toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
