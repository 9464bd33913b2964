package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.emulator.NewUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every page, redirect and refusal of ours, with all of its headers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryAnswerTest {
    private static final String ADA = "ada@example.com";
    private static final String FORM = "/app/auth/sign-in";
    /** The server's own, and what differs from page to page: asserted apart. */
    private static final List<String> OTHERS = List.of(
            "Date",
            "Content-Length",
            "Set-Cookie",
            "Keep-Alive",
            "Connection",
            "Content-Type",
            "Content-Language",
            "Vary");

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator,
            settings -> settings.updateMethods("email")
                    .signUpFields("name=required")
                    .limitPerRecipient("4/h"));
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void V14_P1_every_answer_of_ours_has_the_same_protective_headers_and_no_more_than_it_needs() {
        collect();

        answers.forEach((name, answer) -> {
            Map<String, String> headers = new TreeMap<>();
            answer.headers().keySet().stream()
                    .filter(header -> OTHERS.stream().noneMatch(header::equalsIgnoreCase))
                    .forEach(header -> headers.put(header.toLowerCase(java.util.Locale.ROOT), answer.header(header)));
            Map<String, String> expected = new TreeMap<>(Map.of(
                    "cache-control", "no-store",
                    "referrer-policy", answer.body().contains("<form") ? "strict-origin" : "no-referrer",
                    "x-content-type-options", "nosniff",
                    "x-frame-options", "DENY",
                    "x-robots-tag", "noindex",
                    "cross-origin-opener-policy", "same-origin",
                    "content-security-policy", policy(answer)));
            extra(name).forEach(header -> expected.put(header, answer.header(header)));
            assertThat(headers).as(name).isEqualTo(expected);
            assertThat(answer.header("Content-Type"))
                    .as(name)
                    .isEqualTo(answer.body().isEmpty() ? "" : "text/html;charset=UTF-8");
        });
    }

    /** The statuses are what the names promise, so that no answer above was the wrong one. */
    @Test
    void V14_every_kind_of_answer_is_among_them() {
        collect();

        assertThat(answers.values().stream().map(Answer::status).distinct())
                .containsExactlyInAnyOrder(200, 204, 303, 400, 403, 405, 429, 503);
        assertThat(answers.keySet().stream().filter(name -> name.startsWith("303")))
                .hasSizeGreaterThanOrEqualTo(5);
        answers.forEach((name, answer) ->
                assertThat(answer.status()).as(name).isEqualTo(Integer.parseInt(name.substring(0, 3))));
    }

    private static List<String> extra(String name) {
        if (name.startsWith("303")) {
            return List.of("location");
        }
        return switch (name.substring(4)) {
            case "check your inbox" -> List.of("refresh");
            case "too many" -> List.of("retry-after");
            case "another method", "options" -> List.of("allow");
            default -> List.of();
        };
    }

    private static String policy(Answer answer) {
        String policy = answer.header("Content-Security-Policy");
        assertThat(policy)
                .matches("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'");
        return policy;
    }

    private void collect() {
        emulator.users().add(NewUser.builder(ADA).build());
        collectSignUps();
        Browser ada = application.browser();
        answers.put("200 sign-in form", ada.get(FORM));
        answers.put("400 sign-in form with a mistake", ada.askForLink("email", "ada", ""));
        Answer asked = ada.askForLink("email", ADA, "");
        answers.put("303 asked", asked);
        answers.put("200 check your inbox", ada.get(asked.location()));
        URI link = application.linkTo(ADA);
        Browser other = application.browser();
        answers.put("200 head of a link", other.head(link.toString()));
        answers.put("204 options", other.send("OPTIONS", link.toString(), ""));
        answers.put("405 another method", other.send("PUT", link.toString(), ""));
        answers.put("503 prefetch", other.get(link.toString(), "Sec-Purpose", "prefetch"));
        Answer confirmation = other.get(link.toString());
        answers.put("200 confirmation", confirmation);
        answers.put("403 forged confirmation", other.post(link.getPath(), Map.of("t", "x")));
        answers.put("400 cut link", other.get(link.getPath()));
        emulator.misbehave(Fault.status(503).at("/v1/auth/magiclink/verify").times(1));
        answers.put("503 link while Descope is away", other.confirm(confirmation, link));
        answers.put("303 signed in", ada.get(link.toString()));
        answers.put("303 once more", ada.get(link.toString()));
        answers.put("400 used link", other.confirm(confirmation, link));
        answers.put("303 form while signed in", ada.get(FORM));
        collectUpdates(ada);
        answers.put("200 sign-out form", ada.get("/app/auth/sign-out"));
        answers.put("403 forged sign-out", ada.post("/app/auth/sign-out", Map.of("x", "y")));
        Answer signOut = answers.get("200 sign-out form");
        answers.put(
                "303 signed out",
                ada.post("/app/auth/sign-out", Map.of("_descope_csrf", signOut.hidden("_descope_csrf"))));
        answers.put("200 signed out", ada.get("/app/auth/sign-out"));
        emulator.misbehave(
                Fault.status(503).at("/v1/auth/magiclink/signin/email").times(1));
        answers.put("503 form while Descope is away", other.askForLink("email", "bob@example.com", ""));
        for (int i = 0; i < 4; i++) {
            ada.askForLink("email", ADA, "");
        }
        answers.put("429 too many", ada.askForLink("email", ADA, ""));
    }

    private void collectSignUps() {
        Browser eve = application.browser();
        Answer form = eve.get("/app/auth/sign-up");
        answers.put("200 sign-up form", form);
        answers.put("403 forged sign-up", eve.post("/app/auth/sign-up", Map.of("name", "Eve")));
        Map<String, String> typed = new TreeMap<>(
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "loginId", "eve@example.com", "name", ""));
        answers.put("400 sign-up form with a mistake", eve.post("/app/auth/sign-up", typed));
        typed.put("name", "Eve");
        answers.put("303 signed up", eve.post("/app/auth/sign-up", typed));
        answers.put("303 signed up again", eve.post("/app/auth/sign-up", typed));
    }

    private void collectUpdates(Browser ada) {
        Answer form = ada.get("/app/auth/update");
        answers.put("200 update form", form);
        answers.put(
                "303 update asked",
                ada.post(
                        "/app/auth/update",
                        Map.of("_descope_csrf", form.hidden("_descope_csrf"), "loginId", "ada@new.example")));
        answers.put("200 update sent", ada.get("/app/auth/update/sent"));
        URI link = application.linkTo("ada@new.example");
        answers.put("403 update elsewhere", application.browser().get(link.toString()));
        answers.put("303 update done", ada.get(link.toString()));
        answers.put("200 update done", ada.get("/app/auth/update/done"));
    }
}
