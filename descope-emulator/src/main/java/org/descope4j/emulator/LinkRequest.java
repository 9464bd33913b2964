package org.descope4j.emulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a request for a link asks for beside the user; read as a whole before anything changes. */
record LinkRequest(
        RedirectUrl redirect,
        LoginOptions options,
        String template,
        Map<String, String> templateOptions,
        String locale) {

    /** A request whose options stand in {@code loginOptions}. */
    static LinkRequest of(Body body, RedirectUrl defaultRedirect) {
        Body options = body.object("loginOptions");
        return of(body, options, LoginOptions.of(options), defaultRedirect);
    }

    /** A request whose options stand at the top level, as all clients send them in an update. */
    static LinkRequest ofUpdate(Body body, RedirectUrl defaultRedirect) {
        return of(body, body, LoginOptions.ofUpdate(body), defaultRedirect);
    }

    /** A request for a test user's link, whose redirect one published client calls {@code uri}. */
    static LinkRequest ofTestUser(Body body, RedirectUrl defaultRedirect) {
        return of(body, redirect(body, defaultRedirect, "uri"));
    }

    private static LinkRequest of(Body body, Body message, LoginOptions options, RedirectUrl defaultRedirect) {
        body.text("providerId");
        return new LinkRequest(
                redirect(body, defaultRedirect, "URI", "redirectUrl"),
                options,
                message.text("templateId").orElse(""),
                texts(message.object("templateOptions")),
                message.text("locale").orElse(""));
    }

    /** The published schema says {@code redirectUrl}, the published clients send {@code URI}. */
    private static RedirectUrl redirect(Body body, RedirectUrl defaultRedirect, String... names) {
        return Stream.of(names)
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
