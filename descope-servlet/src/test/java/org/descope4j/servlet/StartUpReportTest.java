package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.descope4j.DescopeSettings;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StartUpReportTest {
    private static final String SECRET = "a secret of the tests of more than 32 characters";

    @Test
    void one_block_says_what_holds_and_from_where() {
        StartUpReport report = report(settings().secrets(SECRET).protectedPaths("/account/*"), Map.of());

        assertThat(report.block())
                .startsWith("Magic-link sign-in of /app")
                .contains("descope.project-id = P2abcdefghijklmnopqrstuvwxyz")
                .contains("descope.public-url = https://app.example.com/app (the application)")
                .contains("descope.same-browser = confirm (default)")
                .contains("descope.protected-paths = /account/* (the application)");
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void F1_L4_secrets_are_masked_in_it() {
        StartUpReport report = report(settings().secrets(SECRET), Map.of());

        assertThat(report.block()).contains("descope.secret = ********").doesNotContain(SECRET);
    }

    @Test
    void it_warns_of_what_will_not_work() {
        StartUpReport report = report(
                settings()
                        .publicUrl("https://app.example.com/shop")
                        .deliveryMethods("email,sms")
                        .setting("csrf-protection", "false")
                        .setting("cookie.same-site", "None"),
                Map.of());

        assertThat(report.block()).contains("nothing is protected by path");
        assertThat(report.warnings())
                .hasSize(4)
                .anyMatch(warning -> warning.contains("descope.secret"))
                .anyMatch(warning -> warning.contains("/shop") && warning.contains("/app"))
                .anyMatch(warning -> warning.contains("descope.phone-prefixes"))
                .anyMatch(warning -> warning.contains("descope.csrf-protection"));
    }

    @Test
    void it_warns_of_filters_that_are_declared_in_a_way_that_leaves_holes() {
        Map<String, String> filters = Map.of(
                "session", SessionFilter.class.getName(), "dump", "org.apache.catalina.filters.RequestDumperFilter");

        assertThat(report(settings().secrets(SECRET), filters).warnings())
                .hasSize(3)
                .anyMatch(warning -> warning.contains("not mapped to /*"))
                .anyMatch(warning -> warning.contains("SessionFilter without MagicLinkFilter"))
                .anyMatch(warning -> warning.contains("dump"));
    }

    private static ServletSettings.Builder settings() {
        return ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                        .build())
                .publicUrl("https://app.example.com/app");
    }

    private static StartUpReport report(ServletSettings.Builder settings, Map<String, String> filters) {
        Map<String, FilterRegistration> registrations = new java.util.TreeMap<>();
        filters.forEach((name, type) -> registrations.put(name, registration(name, type)));
        ServletContext context = proxy(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getContextPath" -> "/app";
            case "getFilterRegistrations" -> registrations;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return new StartUpReport(context, settings.build());
    }

    private static FilterRegistration registration(String name, String type) {
        return proxy(FilterRegistration.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getName" -> name;
            case "getClassName" -> type;
            case "getUrlPatternMappings" -> List.of("/account/*");
            case "getInitParameters" -> Map.of();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(StartUpReportTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
