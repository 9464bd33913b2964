package org.descope4j;

import java.util.EnumSet;
import java.util.Optional;
import org.descope4j.session.SigningAlgorithm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The service itself keeps them, wherever somebody has a project to show it with. */
@EnabledIfEnvironmentVariable(
        named = "DESCOPE_PROJECT_ID",
        matches = ".+",
        disabledReason = "Needs a Descope project: set DESCOPE_PROJECT_ID and DESCOPE_MANAGEMENT_KEY")
@EnabledIfEnvironmentVariable(
        named = "DESCOPE_MANAGEMENT_KEY",
        matches = ".+",
        disabledReason = "Needs a Descope project: set DESCOPE_PROJECT_ID and DESCOPE_MANAGEMENT_KEY")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // connected before the first test
class RealDescopeContractTest implements DescopeContract {
    private static Descope descope;

    @BeforeAll
    static void connect() {
        DescopeSettings.Builder settings = DescopeSettings.forProject(System.getenv("DESCOPE_PROJECT_ID"))
                .managementKey(System.getenv("DESCOPE_MANAGEMENT_KEY"))
                .algorithms(EnumSet.allOf(SigningAlgorithm.class));
        Optional.ofNullable(System.getenv("DESCOPE_BASE_URL")).ifPresent(settings::baseUri);
        descope = Descope.connect(settings.build());
    }

    @Override
    public Descope descope() {
        return descope;
    }

    @AfterAll
    static void close() {
        descope.close();
    }
}
