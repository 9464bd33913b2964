package org.descope4j.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

@AnalyzeClasses(packages = "org.descope4j.servlet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Threads serve one user after another (C19). */
    @ArchTest
    static final ArchRule NOTHING_STAYS_WITH_A_THREAD =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    /**
     * A server's own reading hides a cookie that was planted, or reads one where there is none. The two wrappers pass on what the
     * application reads and writes.
     */
    @ArchTest
    static final ArchRule COOKIES_ARE_READ_FROM_THE_HEADER = noClasses()
            .that()
            .doNotHaveSimpleName("PersonalResponse")
            .and()
            .doNotHaveSimpleName("SignedInRequest")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Cookie.class);

    @ArchTest
    static final ArchRule THE_CLOCK_IS_GIVEN = noClasses()
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Instant.class, "now");

    /** On servers without that API, a class that names it cannot be loaded. */
    @ArchTest
    static final ArchRule ONLY_THE_AUTH_MODULE_NAMES_JAKARTA_AUTHENTICATION = noClasses()
            .that()
            .doNotHaveSimpleName("MagicLinkAuthModule")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.security..");

    /** What one application sealed, another that shares its secret must not open (N4); only recipients are counted over all of them. */
    @ArchTest
    static final ArchRule N4_ONLY_SEALS_OF_ONE_APPLICATION = noClasses()
            .that()
            .doNotBelongToAnyOf(ApplicationSeals.class, SendingLimits.class)
            .should()
            .callMethod(Seal.class, "of", List.class, String.class);

    @ArchTest
    static final ArchRule SERVLETS_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.enterprise..", "jakarta.inject..", "org.eclipse.microprofile..", "jakarta.ws.rs..");
}
