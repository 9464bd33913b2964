package org.descope4j.servlet;

import java.util.Locale;

/** Every configuration key, once. */
enum SettingKey {
    PROJECT_ID("project-id"),
    BASE_URL("base-url"),
    ALGORITHMS("algorithms"),
    AUDIENCE("audience"),
    AUTH_MANAGEMENT_KEY("auth-management-key"),
    PUBLIC_URL("public-url"),
    SECRET("secret"),
    PROTECTED_PATHS("protected-paths"),
    PUBLIC_PATHS("public-paths"),
    DELIVERY_METHODS("delivery-methods"),
    PHONE_PREFIXES("phone-prefixes"),
    LIMIT_PER_RECIPIENT("limits.per-recipient"),
    LIMIT_PER_ADDRESS("limits.per-address"),
    LIMIT_TOTAL("limits.total"),
    TRUSTED_PROXIES("trusted-proxies"),
    SAME_BROWSER("same-browser"),
    RETURN_TO("return-to"),
    UPDATE_METHODS("update-methods"),
    UPDATE_FRESHNESS("update-freshness"),
    ROLES_MAP("roles.map"),
    APPLICATION_NAME("application-name"),
    LANGUAGES("languages"),
    AUTO_REGISTER("auto-register");

    private static final String PREFIX = "descope.";

    private final String shortName;

    SettingKey(String shortName) {
        this.shortName = shortName;
    }

    /** As in context-params, system properties and MicroProfile Config: {@code descope.project-id}. */
    String key() {
        return PREFIX + shortName;
    }

    /** As in init-params of our filters: {@code project-id}. */
    String initParam() {
        return shortName;
    }

    /** Whether its value may stand in no source code and no log. */
    boolean isSecret() {
        return this == SECRET || this == AUTH_MANAGEMENT_KEY;
    }

    /** As in the environment: {@code DESCOPE_PROJECT_ID}, the name that Descope's own clients read. */
    String environmentVariable() {
        return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
