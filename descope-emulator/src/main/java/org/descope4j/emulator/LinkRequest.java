package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a request for a link asks for beside the user; read as a whole before anything changes. */
record LinkRequest(
        RedirectUrl redirect,
        JsonObject customClaims,
        boolean revokesOtherSessions,
        String template,
        Map<String, String> templateOptions,
        String locale) {

    static LinkRequest of(Body body, RedirectUrl defaultRedirect) {
        Body options = body.object("loginOptions");
        return new LinkRequest(
                redirect(body, defaultRedirect),
                options.object("customClaims").fields(),
                options.flag("revokeOtherSessions"),
                options.text("templateId").orElse(""),
                texts(options.object("templateOptions")),
                options.text("locale").orElse(""));
    }

    /** The published schema says {@code redirectUrl}, the published clients send {@code URI}. */
    private static RedirectUrl redirect(Body body, RedirectUrl defaultRedirect) {
        return Stream.of("URI", "redirectUrl")
                .flatMap(name -> body.text(name).stream())
                .filter(url -> !url.isBlank())
                .findFirst()
                .map(RedirectUrl::new)
                .orElse(defaultRedirect);
    }

    private static Map<String, String> texts(Body options) {
        Map<String, String> texts = new LinkedHashMap<>();
        options.fields()
                .forEach((name, value) -> texts.put(
                        name,
                        switch (value.getValueType()) {
                            case STRING -> options.text(name).orElse("");
                            default -> value.toString();
                        }));
        return texts;
    }
}
