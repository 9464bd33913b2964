package org.descope4j.servlet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears every event of the applications that name it as a listener. */
public final class Heard implements SignInListener {
    static final Map<Class<?>, Class<?>> LISTENING = Map.of(SignInListener.class, Heard.class);

    private static final List<SignInEvent> EVENTS = new CopyOnWriteArrayList<>();

    /** For the service loader. */
    public Heard() {}

    @Override
    public void onEvent(SignInEvent event) {
        EVENTS.add(event);
    }

    static void nothing() {
        EVENTS.clear();
    }

    static List<SignInEvent> events() {
        return List.copyOf(EVENTS);
    }

    static SignInEvent last() {
        return EVENTS.get(EVENTS.size() - 1);
    }
}
