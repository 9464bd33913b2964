package org.descope4j.servlet;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What is logged while it is open, as {@code LEVEL text}. */
final class LoggedLines implements AutoCloseable {
    /** Held, since the log manager forgets loggers that nobody holds. */
    private final List<Logger> loggers;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            String thrown = line.getThrown() == null ? "" : " " + line.getThrown();
            String text = line.getParameters() == null
                    ? line.getMessage()
                    : MessageFormat.format(line.getMessage(), line.getParameters());
            lines.add(line.getLevel() + " " + text + thrown);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LoggedLines(List<Logger> loggers) {
        this.loggers = loggers;
        loggers.forEach(logger -> logger.addHandler(recorder));
    }

    static LoggedLines ofUs() {
        return new LoggedLines(List.of(Logger.getLogger("org.descope4j")));
    }

    static LoggedLines of(Class<?> type) {
        return new LoggedLines(List.of(Logger.getLogger(type.getName())));
    }

    static LoggedLines ofUsAndTomcat() {
        return new LoggedLines(List.of(Logger.getLogger("org.descope4j"), Logger.getLogger("org.apache.catalina")));
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    Stream<String> warnings() {
        return lines.stream().filter(line -> line.startsWith("WARNING"));
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeHandler(recorder));
    }
}
