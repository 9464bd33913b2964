package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;

import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.constrained.WhoPage;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An application with constraints in its web.xml, our jars, and on Tomcat what these need; neither CDI nor Jakarta REST. */
final class ConstrainedWar {
    private ConstrainedWar() {}

    /** As docs/configuration.md shows it. */
    static final String FILTERS = """
            <filter>
              <filter-name>session</filter-name>
              <filter-class>org.descope4j.servlet.SessionFilter</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter>
              <filter-name>magic-link</filter-name>
              <filter-class>org.descope4j.servlet.MagicLinkFilter</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter-mapping>
              <filter-name>session</filter-name>
              <url-pattern>/*</url-pattern>
              <dispatcher>REQUEST</dispatcher>
              <dispatcher>ASYNC</dispatcher>
              <dispatcher>ERROR</dispatcher>
            </filter-mapping>
            <filter-mapping><filter-name>magic-link</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """;

    static WebArchive named(String name, DescopeEmulator emulator) {
        return named(name, emulator, "");
    }

    /** @param more what else stands in its web.xml */
    static WebArchive named(String name, DescopeEmulator emulator, String more) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war");
        SampleWar.jars(
                        SampleWar.read(),
                        "(?!descope-cdi|weld|smallrye|microprofile|jersey-cdi|jersey-container|jersey-server|jersey-media)")
                .values()
                .forEach(jar -> war.add(requireNonNull(jar.getAsset()), jar.getPath()));
        return war.addClass(WhoPage.class)
                .setWebXML(
                        webXml(emulator, more + constraint("/private/*", "member") + constraint("/owners/*", "owner")));
    }

    /** Of an application that asks the server to ask us. */
    static StringAsset webXml(DescopeEmulator emulator, String more) {
        return new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                + parameter("project-id", emulator.projectId())
                + parameter("base-url", emulator.baseUri().toString())
                + parameter("container-security", "true")
                + more
                + "<security-role><role-name>member</role-name></security-role>"
                + "<security-role><role-name>owner</role-name></security-role></web-app>");
    }

    static String parameter(String key, String value) {
        return "<context-param><param-name>descope." + key + "</param-name><param-value>" + value
                + "</param-value></context-param>";
    }

    static String constraint(String pattern, String role) {
        return "<security-constraint><web-resource-collection><web-resource-name>" + role
                + "</web-resource-name><url-pattern>" + pattern
                + "</url-pattern></web-resource-collection><auth-constraint><role-name>" + role
                + "</role-name></auth-constraint></security-constraint>";
    }
}
