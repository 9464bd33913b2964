package org.descope4j.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "org.descope4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_KIT_STANDS_ON_ALL_OTHER_MODULES = classes()
            .that()
            .resideInAPackage("org.descope4j.test")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.descope4j..",
                    "java..",
                    "jakarta.servlet..",
                    "jakarta.ws.rs.core",
                    "jakarta.enterprise..",
                    "com.nimbusds..",
                    "org.junit..",
                    "org.jboss.weld..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule NOTHING_STANDS_ON_THE_KIT = noClasses()
            .that()
            .resideOutsideOfPackage("org.descope4j.test")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.descope4j.test");

    @ArchTest
    static final ArchRule WHO_HAS_NO_WELD_NEEDS_NONE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DescopeWeldEnricher.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jboss.weld..");

    @ArchTest
    static final ArchRule ONLY_A_PROJECT_OF_ITS_OWN_CHOOSES_THE_CLOCK = noClasses()
            .that()
            .resideInAPackage("org.descope4j.test")
            .and()
            .doNotHaveFullyQualifiedName(DescopeTokens.class.getName())
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Instant.class, "now");
}
