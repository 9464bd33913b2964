package org.descope4j.cdi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.Principal;

@AnalyzeClasses(packages = "org.descope4j.cdi", importOptions = DoNotIncludeTests.class)
class CdiArchitectureTest {
    @ArchTest
    static final ArchRule this_module_judges_no_token_and_talks_to_nobody =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta.ws.rs..", "java.net..");

    @ArchTest
    static final ArchRule one_class_alone_leaves_something_with_a_thread = noClasses()
            .that()
            .doNotBelongToAnyOf(ServedRequest.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocal.class);

    @ArchTest
    static final ArchRule the_principal_of_java_is_not_produced_since_servers_have_a_bean_of_their_own =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName(Principal.class.getName());
}
