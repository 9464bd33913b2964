package org.descope4j.emulator;

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
    static final ArchRule THE_EMULATOR_KNOWS_NOTHING_OF_THE_OTHER_MODULES = classes()
            .that()
            .resideInAPackage("org.descope4j.emulator")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.descope4j.emulator",
                    "java..",
                    "com.sun.net.httpserver",
                    "jakarta.json..",
                    "com.nimbusds..",
                    "org.owasp.encoder",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule WHAT_IS_FOR_JUNIT_USES_THE_EMULATOR_AS_ANYBODY_DOES = classes()
            .that()
            .resideInAPackage("org.descope4j.emulator.junit")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.descope4j.emulator",
                    "org.descope4j.emulator.junit",
                    "java..",
                    "org.junit.jupiter.api..",
                    "org.junit.platform.commons..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule ONLY_THE_EMULATOR_ITSELF_CHOOSES_THE_CLOCK = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DescopeEmulator.class.getName())
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Instant.class, "now");
}
