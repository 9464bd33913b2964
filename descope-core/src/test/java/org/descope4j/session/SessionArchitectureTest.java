package org.descope4j.session;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "org.descope4j.session", importOptions = ImportOption.DoNotIncludeTests.class)
class SessionArchitectureTest {

    @ArchTest
    static final ArchRule it_knows_no_http_no_servlet_and_nothing_else_of_the_project = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "jakarta.servlet..",
                    "jakarta.enterprise..",
                    "jakarta.json.bind..",
                    "org.descope4j");

    @ArchTest
    static final ArchRule J5_J32_it_cannot_reach_the_network = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.net..").and(isNot(URI.class)))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..", "javax.net..", "javax.naming..", "java.rmi..");

    @ArchTest
    static final ArchRule J9_it_cannot_decrypt =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.crypto..", "com.nimbusds..");

    @ArchTest
    static final ArchRule the_time_is_an_injected_clocks = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    private static DescribedPredicate<JavaClass> isNot(Class<?> allowed) {
        return DescribedPredicate.describe(
                "not " + allowed.getSimpleName(), javaClass -> !javaClass.isEquivalentTo(allowed));
    }
}
