package org.descope4j.servlet;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.descope4j.DescopeSettings;
import org.descope4j.session.SigningAlgorithm;

/** The settings of the client, as the configuration of a web application has them. */
final class ProjectSettings {
    private ProjectSettings() {}

    /**
     * @throws IllegalArgumentException if the project is missing or a value is not acceptable
     */
    static DescopeSettings from(SettingValues values) {
        String projectId = values.find(SettingKey.PROJECT_ID).orElseThrow(ProjectSettings::nothingConfigured);
        DescopeSettings.Builder descope = DescopeSettings.forProject(projectId)
                .connectTimeout(values.duration(SettingKey.CONNECT_TIMEOUT))
                .readTimeout(values.duration(SettingKey.READ_TIMEOUT))
                .leeway(values.duration(SettingKey.LEEWAY))
                .maxConcurrentCalls(values.number(SettingKey.MAX_CONCURRENT_CALLS, 1))
                .rememberedTokens(values.number(SettingKey.REMEMBERED_TOKENS, 0))
                .algorithms(algorithms(values));
        values.find(SettingKey.BASE_URL).ifPresent(descope::baseUri);
        values.find(SettingKey.AUDIENCE).ifPresent(descope::audience);
        values.find(SettingKey.AUTH_MANAGEMENT_KEY).ifPresent(descope::authManagementKey);
        return descope.build();
    }

    private static IllegalArgumentException nothingConfigured() {
        return new IllegalArgumentException("Magic-link sign-in has no Descope project. Set descope.project-id"
                + " (environment variable DESCOPE_PROJECT_ID, system property, MicroProfile Config, context-param in"
                + " web.xml, or @DescopeApplication) to the project ID of the Descope console; or"
                + " descope.auto-register=false if this application shall not sign users in");
    }

    private static Set<SigningAlgorithm> algorithms(SettingValues values) {
        return values.list(SettingKey.ALGORITHMS).stream()
                .map(ProjectSettings::algorithm)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SigningAlgorithm algorithm(String name) {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> SettingKey.ALGORITHMS.refusal("RS256, ES256 or ES384, comma-separated, got " + name));
    }
}
