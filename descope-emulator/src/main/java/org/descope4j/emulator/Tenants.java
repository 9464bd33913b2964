package org.descope4j.emulator;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants of the emulated project. Safe for use by several threads. */
final class Tenants {
    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private final Clock clock;

    Tenants(Clock clock) {
        this.clock = clock;
    }

    /** A tenant by itself, beside who is in it. */
    record Entry(
            String id,
            String name,
            JsonObject customAttributes,
            List<String> selfProvisioningDomains,
            Instant createdAt) {
        Entry {
            selfProvisioningDomains = List.copyOf(selfProvisioningDomains);
        }

        static Entry named(String id, String name) {
            return new Entry(id, name, JsonValue.EMPTY_JSON_OBJECT, List.of(), Instant.EPOCH);
        }

        Entry createdAt(Instant time) {
            return new Entry(id, name, customAttributes, selfProvisioningDomains, time);
        }
    }

    /** Adds a tenant, unless its ID is taken. */
    synchronized boolean add(Entry tenant) {
        return byId.putIfAbsent(tenant.id(), tenant.createdAt(clock.instant())) == null;
    }

    /** Adds the tenants that somebody is a member of, as far as they are not there. */
    void addAll(List<Tenant> memberships) {
        memberships.forEach(tenant -> add(Entry.named(tenant.id(), tenant.name())));
    }

    synchronized Optional<Entry> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Puts a tenant in the place of the one with its ID. */
    synchronized void put(Entry tenant) {
        byId.put(tenant.id(), tenant);
    }

    synchronized void remove(String id) {
        byId.remove(id);
    }

    synchronized List<Entry> all() {
        return List.copyOf(byId.values());
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
