package org.descope4j.it.server;

import org.descope4j.it.variants.ApplicationCors;
import org.descope4j.it.variants.Vault;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The sample with protected pages of every kind: files, JSP, servlets, a filter, Jakarta REST, Faces, welcome files. */
final class VariantsWar {
    static final String NAME = "variants";
    static final String WITH_CORS_FILTER = "variants-cors";

    private static final String SETTINGS = """
            descope.protected-paths=/secret/*,/api/*,/views/list.xhtml,/wdir/index.html,/jdir/index.jsp,/sdir/welcome.act
            descope.trusted-origins=https://spa.example.com
            """;
    private static final String CORS = """
            <filter>
              <filter-name>cors</filter-name>
              <filter-class>%s</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter-mapping><filter-name>cors</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """.formatted(ApplicationCors.class.getName());
    private static final String WELCOME = "<welcome-file-list><welcome-file>index.html</welcome-file>"
            + "<welcome-file>index.jsp</welcome-file><welcome-file>welcome.act</welcome-file></welcome-file-list>";

    private VariantsWar() {}

    static WebArchive make() {
        return named(NAME, "");
    }

    /** With a CORS filter of the application in front of ours, as docs/recipes.md shows it. */
    static WebArchive withCorsFilter() {
        return named(WITH_CORS_FILTER, CORS + ConstrainedWar.FILTERS);
    }

    private static WebArchive named(String name, String filters) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war").merge(SampleWar.read());
        war.delete("/WEB-INF/classes/META-INF/microprofile-config.properties");
        return war.addPackage(Vault.class.getPackage())
                .addAsResource(new StringAsset(SETTINGS), "META-INF/microprofile-config.properties")
                .addAsWebInfResource(
                        new StringAsset(
                                "<faces-config xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\"/>"),
                        "faces-config.xml")
                .addAsWebResource(text(), "secret/file.txt")
                .addAsWebResource(text(), "secret/page.jsp")
                .addAsWebResource(view(), "secret/list.xhtml")
                .addAsWebResource(view(), "views/list.xhtml")
                .addAsWebResource(text(), "wdir/index.html")
                .addAsWebResource(text(), "jdir/index.jsp")
                .addAsWebResource(new StringAsset("nothing to hide"), "sdir/note.txt")
                .setWebXML(new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                        + filters + WELCOME + "</web-app>"));
    }

    private static StringAsset text() {
        return new StringAsset("<p>" + Vault.WORD + "</p>");
    }

    private static StringAsset view() {
        return new StringAsset("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" + Vault.WORD + "</body></html>");
    }
}
