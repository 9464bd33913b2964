package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A {@link SettingsSource} of the application, which may fail: then the application does not start. To take a failure for "does not say" could
 * switch a protection off.
 */
final class GuardedSettingsSource {
    private final SettingsSource source;

    private GuardedSettingsSource(SettingsSource source) {
        this.source = source;
    }

    static List<GuardedSettingsSource> of(ServletContext context) {
        return Extensions.all(SettingsSource.class, Extensions.loaderOf(context)).stream()
                .map(GuardedSettingsSource::new)
                .toList();
    }

    String name() {
        return source.getClass().getSimpleName();
    }

    /** @throws IllegalArgumentException if the application's code throws anything or returns null */
    Optional<String> find(String key) {
        return asked("find(\"" + key + "\")", () -> source.find(key));
    }

    /** @throws IllegalArgumentException if the application's code throws anything or returns null */
    Set<String> names() {
        return asked("names()", () -> {
            Set<String> names = source.names();
            return names == null || names.stream().anyMatch(Objects::isNull) ? null : Set.copyOf(names);
        });
    }

    private <T> T asked(String what, Supplier<? extends T> question) {
        String call = name() + "." + what;
        try {
            return ApplicationCode.ask(call, question);
        } catch (ApplicationCode.FailedException e) {
            throw new IllegalArgumentException(
                    "The settings cannot be read: " + call
                            + " threw an exception or returned null, which the log shows. Expected an"
                            + " answer, empty where the source does not say; nothing starts without it",
                    e);
        }
    }
}
