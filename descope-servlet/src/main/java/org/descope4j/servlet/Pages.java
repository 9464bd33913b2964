package org.descope4j.servlet;

import java.time.Duration;
import java.util.List;
import org.descope4j.DeliveryMethod;

/**
 * The built-in pages: complete HTML documents without script and without anything to load, in which every value is
 * encoded. Paths handed in start with one {@code /}; each is the whole path, context path and query included. Immutable.
 */
final class Pages {

    private final String applicationName;
    private final PageTexts texts;
    private final PageStyle style;

    /** @param applicationName what stands above each page; empty: nothing does */
    Pages(String applicationName) {
        this.applicationName = PageValue.visible(applicationName).strip();
        this.texts = PageTexts.english();
        this.style = PageStyle.load();
    }

    /** The Content-Security-Policy for all pages: their one style sheet, their own forms, nothing else. */
    String contentSecurityPolicy() {
        return "default-src 'none'; style-src %s; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                .formatted(style.sourceExpression());
    }

    Page signIn(SignInForm form) {
        PageBody body = body().heading("sign-in.heading")
                .paragraph("sign-in.explanation")
                .openForm(form.action(), form.csrf())
                .hidden("returnTo", form.returnTo())
                .deliveryMethods(form.offered(), form.chosen())
                .loginId(form)
                .button("sign-in.button")
                .closeForm();
        return page(form.problem() == FieldProblem.NONE ? 200 : 400, "sign-in.title", body);
    }

    /** The answer to every accepted request for a link, whether there is such an account or not. */
    Page checkInbox(DeliveryMethod method, String maskedRecipient, String signInPath) {
        String kind = method == DeliveryMethod.EMAIL ? "check-inbox" : "check-messages";
        PageBody body = body().icon(method == DeliveryMethod.EMAIL ? PageIcon.ENVELOPE : PageIcon.SPEECH_BUBBLE)
                .heading(kind + ".heading")
                .paragraph(kind + ".sent", maskedRecipient)
                .paragraph(kind + ".next-step")
                .smallPrint(kind + ".nothing-there")
                .link(kind + ".again", signInPath);
        return page(200, kind + ".title", body);
    }

    /** Asks a human for the click that redeems the link (security V2, V4). */
    Page confirmSignIn(Confirmation confirmation, String maskedAccount, String currentAccount) {
        PageBody body = body().icon(PageIcon.PERSON);
        if (maskedAccount.isEmpty()) {
            body.heading("confirm.heading-unknown").paragraph("confirm.explanation-unknown");
        } else {
            body.heading("confirm.heading").paragraph("confirm.explanation", maskedAccount);
        }
        if (!currentAccount.isEmpty()) {
            body.notice("confirm.switches-account", currentAccount);
        }
        redeemForm(body, confirmation, "confirm.button").smallPrint("confirm.not-asked");
        return page(200, "confirm.title", body);
    }

    Page signOut(String action, String csrf, String account) {
        PageBody body = body().icon(PageIcon.DOOR)
                .heading("sign-out.heading")
                .paragraph("sign-out.explanation", account)
                .openForm(action, csrf)
                .button("sign-out.button")
                .closeForm();
        return page(200, "sign-out.title", body);
    }

    Page signedOut(String signInPath) {
        PageBody body = body().icon(PageIcon.CHECK_MARK)
                .heading("signed-out.heading")
                .paragraph("signed-out.explanation")
                .linkButton("signed-out.again", signInPath);
        return page(200, "signed-out.title", body);
    }

    /** One page for a used, an expired and an unknown link (security V11). */
    Page linkNoLongerValid(String signInPath, String reference) {
        PageBody body = body().icon(PageIcon.CLOCK)
                .heading("link-invalid.heading")
                .paragraph("link-invalid.explanation")
                .linkButton("link-invalid.again", signInPath)
                .reference(reference);
        return page(400, "link-invalid.title", body);
    }

    Page badRequest(String signInPath, String reference) {
        PageBody body = body().icon(PageIcon.EXCLAMATION)
                .heading("bad-request.heading")
                .paragraph("bad-request.explanation")
                .linkButton("start-again", signInPath)
                .reference(reference);
        return page(400, "bad-request.title", body);
    }

    /** A form that came without its proof of origin: from another site, or from a page that was open too long. */
    Page forbidden(String signInPath, String reference) {
        PageBody body = body().icon(PageIcon.CLOCK)
                .heading("forbidden.heading")
                .paragraph("forbidden.explanation")
                .linkButton("start-again", signInPath)
                .reference(reference);
        return page(403, "forbidden.title", body);
    }

    Page tooManyRequests(Duration retryAfter, String signInPath, String reference) {
        PageWait wait = PageWait.of(retryAfter);
        PageBody body = body().icon(PageIcon.CLOCK)
                .heading("too-many.heading")
                .paragraph("too-many.explanation." + wait.unit(), wait.amount())
                .link("too-many.back", signInPath)
                .reference(reference);
        return page(429, "too-many.title", body);
    }

    /** Descope cannot be asked; the button loads the path again. */
    Page unavailable(String retryPath, String reference) {
        PageBody body = unavailableBody()
                .paragraph("unavailable.explanation")
                .linkButton("unavailable.retry", retryPath)
                .reference(reference);
        return page(503, "unavailable.title", body);
    }

    /** Descope cannot be asked; the button redeems the same link once more (security V18). */
    Page unavailable(Confirmation confirmation, String reference) {
        PageBody body = unavailableBody().paragraph("unavailable.link-not-used");
        redeemForm(body, confirmation, "unavailable.retry").reference(reference);
        return page(503, "unavailable.title", body);
    }

    private PageBody unavailableBody() {
        return body().icon(PageIcon.CLOUD).heading("unavailable.heading");
    }

    private static PageBody redeemForm(PageBody body, Confirmation confirmation, String buttonKey) {
        return body.openForm(confirmation.action(), confirmation.csrf())
                .hidden("t", confirmation.linkToken())
                .button(buttonKey)
                .closeForm();
    }

    private PageBody body() {
        return new PageBody(texts);
    }

    private Page page(int status, String titleKey, PageBody body) {
        return new Page(status, """
                <!DOCTYPE html>
                <html lang="%s" dir="%s">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                %s<main>
                %s</main>
                </body>
                </html>
                """.formatted(
                        PageBody.attribute(texts.language()),
                        PageBody.attribute(texts.direction()),
                        PageBody.content(title(titleKey)),
                        style.css(),
                        header(),
                        body.html()));
    }

    private String title(String key) {
        String title = texts.text(key);
        return applicationName.isEmpty() ? title : title + " \u2013 " + applicationName;
    }

    private String header() {
        return applicationName.isEmpty()
                ? ""
                : "<header><bdi>%s</bdi></header>\n".formatted(PageBody.content(applicationName));
    }

    /**
     * What the sign-in page shows.
     *
     * @param action the path the form posts to
     * @param csrf the value of the field {@code _descope_csrf}
     * @param returnTo the path to go to after sign-in; may be empty
     * @param offered the ways a link can be sent, at least one
     * @param chosen the one that is selected, one of {@code offered}
     * @param loginId what stands in the field; may be empty
     * @param problem what is wrong with {@code loginId}
     */
    record SignInForm(
            String action,
            String csrf,
            String returnTo,
            List<DeliveryMethod> offered,
            DeliveryMethod chosen,
            String loginId,
            FieldProblem problem) {

        SignInForm {
            offered = List.copyOf(offered);
            if (!offered.contains(chosen)) {
                throw new IllegalArgumentException("The chosen delivery method must be one of those offered");
            }
        }

        /** An empty form, with the first delivery method chosen. */
        static SignInForm empty(String action, String csrf, String returnTo, List<DeliveryMethod> offered) {
            return new SignInForm(action, csrf, returnTo, offered, offered.get(0), "", FieldProblem.NONE);
        }

        /** The same form, filled in by the user. */
        SignInForm with(DeliveryMethod chosenMethod, String typedLoginId, FieldProblem foundProblem) {
            return new SignInForm(action, csrf, returnTo, offered, chosenMethod, typedLoginId, foundProblem);
        }

        @Override
        public String toString() {
            return "SignInForm[action=%s, offered=%s, problem=%s]".formatted(action, offered, problem);
        }
    }

    /** What can be wrong with a login ID. */
    enum FieldProblem {
        NONE("none"),
        MISSING("missing"),
        NOT_AN_EMAIL_ADDRESS("not-an-email-address"),
        NOT_A_PHONE_NUMBER("not-a-phone-number");

        private final String key;

        FieldProblem(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /**
     * The form that redeems a link.
     *
     * @param action the path the form posts to
     * @param csrf the value of the field {@code _descope_csrf}
     * @param linkToken the value of the field {@code t}
     */
    record Confirmation(String action, String csrf, String linkToken) {

        @Override
        public String toString() {
            return "Confirmation[action=redacted, csrf=redacted, linkToken=redacted]";
        }
    }
}
