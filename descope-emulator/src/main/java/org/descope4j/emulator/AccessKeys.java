package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The access keys of the emulated project, with which programs sign in. Safe for use by several threads. */
public final class AccessKeys {
    private final Map<String, AccessKey> byText = new HashMap<>();
    private final Tenants tenants;

    AccessKeys(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * Adds an access key that can be exchanged for a session JWT from now on.
     *
     * @param key the key to be
     * @return the key's text, to be given to a client
     */
    public String add(NewAccessKey key) {
        return register(requireNonNull(key, "key")).text();
    }

    /** A key's text beside what it stands for. */
    record Registered(String text, AccessKey key) {}

    synchronized Registered register(NewAccessKey profile) {
        tenants.addAll(profile.grants().tenants());
        Registered registered =
                new Registered(RandomText.id("K2") + RandomText.secret(), new AccessKey(RandomText.id("K2"), profile));
        byText.put(registered.text(), registered.key());
        return registered;
    }

    synchronized Optional<AccessKey> find(String text) {
        return Optional.ofNullable(byText.get(text));
    }

    synchronized void clear() {
        byText.clear();
    }
}
