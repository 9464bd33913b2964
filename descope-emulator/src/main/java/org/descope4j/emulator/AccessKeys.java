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
     * @throws IllegalStateException when another key has the same text
     */
    public String add(NewAccessKey key) {
        return register(requireNonNull(key, "key"))
                .orElseThrow(() -> new IllegalStateException("An access key with that text is there already"))
                .text();
    }

    /** A key's text beside what it stands for. */
    record Registered(String text, AccessKey key) {}

    /** Adds a key, unless there is one of the same text. */
    synchronized Optional<Registered> register(NewAccessKey profile) {
        String text = profile.key().orElseGet(() -> RandomText.id("K2") + RandomText.secret());
        AccessKey key = new AccessKey(RandomText.id("K2"), profile);
        if (byText.putIfAbsent(text, key) != null) {
            return Optional.empty();
        }
        tenants.addAll(profile.grants().tenants());
        return Optional.of(new Registered(text, key));
    }

    synchronized Optional<AccessKey> find(String text) {
        return Optional.ofNullable(byText.get(text));
    }

    synchronized void clear() {
        byText.clear();
    }
}
