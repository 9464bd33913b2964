package org.descope4j.emulator;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants of the emulated project. Safe for use by several threads. */
final class Tenants {
    private final Map<String, Entry> byId = new LinkedHashMap<>();

    /** A tenant by itself, beside who is in it. */
    record Entry(String id, String name, JsonObject customAttributes) {}

    /** Adds a tenant, unless its ID is taken. */
    synchronized boolean add(Entry tenant) {
        return byId.putIfAbsent(tenant.id(), tenant) == null;
    }

    /** Adds the tenants that somebody is a member of, as far as they are not there. */
    void addAll(List<Tenant> memberships) {
        memberships.forEach(tenant -> add(new Entry(tenant.id(), tenant.name(), JsonValue.EMPTY_JSON_OBJECT)));
    }

    synchronized Optional<Entry> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Makes a user to be a member of a tenant that must be there. */
    void join(NewUser.Builder profile, String id, List<String> roles) {
        Entry tenant = find(id).orElseThrow(() -> Refusal.unknownTenant(id));
        profile.tenant(id, tenant.name(), roles, List.of());
    }

    synchronized void clear() {
        byId.clear();
    }
}
