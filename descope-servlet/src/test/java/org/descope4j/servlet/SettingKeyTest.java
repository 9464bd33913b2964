package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingKeyTest {

    /** Names that are out there in deployments: changing one takes a deprecation. */
    @ParameterizedTest
    @CsvSource({
        "PROJECT_ID, descope.project-id, DESCOPE_PROJECT_ID",
        "BASE_URL, descope.base-url, DESCOPE_BASE_URL",
        "ALGORITHMS, descope.algorithms, DESCOPE_ALGORITHMS",
        "AUDIENCE, descope.audience, DESCOPE_AUDIENCE",
        "AUTH_MANAGEMENT_KEY, descope.auth-management-key, DESCOPE_AUTH_MANAGEMENT_KEY",
        "PUBLIC_URL, descope.public-url, DESCOPE_PUBLIC_URL",
        "SECRET, descope.secret, DESCOPE_SECRET",
        "PROTECTED_PATHS, descope.protected-paths, DESCOPE_PROTECTED_PATHS",
        "PUBLIC_PATHS, descope.public-paths, DESCOPE_PUBLIC_PATHS",
        "DELIVERY_METHODS, descope.delivery-methods, DESCOPE_DELIVERY_METHODS",
        "PHONE_PREFIXES, descope.phone-prefixes, DESCOPE_PHONE_PREFIXES",
        "LIMIT_PER_RECIPIENT, descope.limits.per-recipient, DESCOPE_LIMITS_PER_RECIPIENT",
        "LIMIT_PER_ADDRESS, descope.limits.per-address, DESCOPE_LIMITS_PER_ADDRESS",
        "LIMIT_PER_NETWORK, descope.limits.per-network, DESCOPE_LIMITS_PER_NETWORK",
        "LIMIT_TOTAL, descope.limits.total, DESCOPE_LIMITS_TOTAL",
        "TRUSTED_PROXIES, descope.trusted-proxies, DESCOPE_TRUSTED_PROXIES",
        "ANSWER_TIME, descope.answer-time, DESCOPE_ANSWER_TIME",
        "SAME_BROWSER, descope.same-browser, DESCOPE_SAME_BROWSER",
        "ROLES_MAP, descope.roles.map, DESCOPE_ROLES_MAP",
        "APPLICATION_NAME, descope.application-name, DESCOPE_APPLICATION_NAME",
        "AUTH_PATH, descope.auth-path, DESCOPE_AUTH_PATH",
        "CONNECT_TIMEOUT, descope.connect-timeout, DESCOPE_CONNECT_TIMEOUT",
        "READ_TIMEOUT, descope.read-timeout, DESCOPE_READ_TIMEOUT",
        "LEEWAY, descope.leeway, DESCOPE_LEEWAY",
        "MAX_CONCURRENT_CALLS, descope.max-concurrent-calls, DESCOPE_MAX_CONCURRENT_CALLS",
        "REMEMBERED_TOKENS, descope.remembered-tokens, DESCOPE_REMEMBERED_TOKENS",
        "IGNORED_PATHS, descope.ignored-paths, DESCOPE_IGNORED_PATHS",
        "ONLINE_CHECK_PATHS, descope.online-check-paths, DESCOPE_ONLINE_CHECK_PATHS",
        "FRESH_PATHS, descope.fresh-paths, DESCOPE_FRESH_PATHS",
        "CSRF_PROTECTION, descope.csrf-protection, DESCOPE_CSRF_PROTECTION",
        "TRUSTED_ORIGINS, descope.trusted-origins, DESCOPE_TRUSTED_ORIGINS",
        "OPTIONS_WITHOUT_USER, descope.options-without-user, DESCOPE_OPTIONS_WITHOUT_USER",
        "CLEAR_SITE_DATA, descope.clear-site-data, DESCOPE_CLEAR_SITE_DATA",
        "COOKIE_SESSION_NAME, descope.cookie.session-name, DESCOPE_COOKIE_SESSION_NAME",
        "COOKIE_REFRESH_NAME, descope.cookie.refresh-name, DESCOPE_COOKIE_REFRESH_NAME",
        "COOKIE_HOST_PREFIX, descope.cookie.host-prefix, DESCOPE_COOKIE_HOST_PREFIX",
        "COOKIE_DOMAIN, descope.cookie.domain, DESCOPE_COOKIE_DOMAIN",
        "COOKIE_PATH, descope.cookie.path, DESCOPE_COOKIE_PATH",
        "COOKIE_SAME_SITE, descope.cookie.same-site, DESCOPE_COOKIE_SAME_SITE",
        "COOKIE_PARTITIONED, descope.cookie.partitioned, DESCOPE_COOKIE_PARTITIONED",
        "AUTO_REGISTER, descope.auto-register, DESCOPE_AUTO_REGISTER"
    })
    void a_setting_has_a_key_and_an_environment_variable(SettingKey key, String name, String variable) {
        assertThat(key.key()).isEqualTo(name).isEqualTo("descope." + key.initParam());
        assertThat(key.environmentVariable()).isEqualTo(variable);
    }
}
