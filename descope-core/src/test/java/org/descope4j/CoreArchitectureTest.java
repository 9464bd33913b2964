package org.descope4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
        packages = "org.descope4j",
        importOptions = {DoNotIncludeTests.class, CoreArchitectureTest.CoreOnly.class})
class CoreArchitectureTest {
    /** The emulator is on the class path of these tests; it has rules of its own. */
    static final class CoreOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/emulator/");
        }
    }

    @ArchTest
    static final ArchRule packages_have_no_cycle =
            slices().matching("org.descope4j.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_transport_and_the_bootstrap_know_http = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Transport")
            .and()
            .doNotHaveSimpleName("AnswerReader")
            .and()
            .doNotHaveSimpleName("RestDescope")
            .and()
            .doNotHaveSimpleName("Descope")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule K12_nothing_here_could_turn_the_verification_of_certificates_off =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.net.ssl..", "java.security.cert..");

    @ArchTest
    static final ArchRule core_knows_no_servlet =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta.servlet..", "jakarta.enterprise..");

    @ArchTest
    static final ArchRule time_comes_from_the_clock_of_the_settings = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DescopeSettings.Builder.class.getName())
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Instant.class, "now");
}
