package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A servlet that is mapped twice and protected once: the log says so when the application starts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenMappingsTest {
    private final LoggedLines log = LoggedLines.of(OpenMappings.class);

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/*, '', /admin/*, /manage/*, '/admin/*, but not /manage/*'",
        "/admin/list, '', /admin/*, /manage/*, '/admin/list, but not /manage/list'",
        "/admin/secret/*=boss, '', /admin/*, /manage/*, '/admin/secret/*, but not /manage/secret/*'",
        "/account, '', /account, /me, '/account, but not /me'",
        "/account, '', /account, /me/*, '/account, but not /me/*'",
        "/account/*, '', /account, /me, '/account, but not /me'",
        "/*, /manage/open, /admin, /manage/*, ''",
        "/admin/*, /manage/*, /admin/*, /manage/*, ''",
        "/admin/*, '', /admin/*, /admin/more/*, ''",
        "'/admin/*,/manage/*', '', /admin/*, /manage/*, ''",
        "/admin/*, '', /admin/*, *.do, ''",
        "/other/*, '', /admin/*, /manage/*, ''"
    })
    void N9_an_address_that_no_rule_names_is_told_where_another_of_its_servlet_is_protected(
            String protectedPaths, String publicPaths, String first, String second, String told) {
        warn(protectedPaths, publicPaths, new ApplicationParts().servlet("com.example.Lists", first, second));

        if (told.isEmpty()) {
            assertThat(log.all()).isEmpty();
        } else {
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING The servlet com.example.Lists ")
                    .contains("protected: " + told + ". ")
                    .contains("descope.protected-paths", "descope.public-paths");
        }
    }

    @Test
    void N9_it_is_told_once_for_each_application() {
        ApplicationParts parts = new ApplicationParts().servlet("com.example.Lists", "/admin/*", "/manage/*");
        ProtectedPaths rules = ProtectedPaths.of(AuthPaths.DEFAULT, "/admin/*", "");

        List.of(1, 2).forEach(filter -> OpenMappings.warn(parts.context(), rules));

        assertThat(log.all()).hasSize(1);
    }

    private static void warn(String protectedPaths, String publicPaths, ApplicationParts parts) {
        OpenMappings.warn(parts.context(), ProtectedPaths.of(AuthPaths.DEFAULT, protectedPaths, publicPaths));
    }
}
