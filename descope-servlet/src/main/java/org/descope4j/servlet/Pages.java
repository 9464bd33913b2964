package org.descope4j.servlet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descope4j.DeliveryMethod;

/**
 * What each page says. Paths handed in start with one {@code /}; each is the whole path, context path and query included. Stateless.
 */
final class Pages {

    /** @param signUpPath of the page for new users; empty where there is none */
    Page signIn(SignInForm form, String signUpPath) {
        return signInAgain(form, signUpPath, "");
    }

    /** @param account of somebody who is signed in, and has to sign in again; empty for nobody */
    Page signInAgain(SignInForm form, String signUpPath, String account) {
        Map<String, Object> values = values(form.hidden());
        values.put("deliveryMethods", pathSegments(form.offered()));
        values.put("deliveryMethod", form.chosen().pathSegment());
        values.put("loginId", form.loginId());
        values.put(
                "problem",
                form.problem() == FieldProblem.NONE ? "" : form.problem().key());
        values.put("path", signUpPath);
        values.put("currentAccount", account);
        int status = form.problem() == FieldProblem.NONE ? 200 : 400;
        return new Page(PageName.SIGN_IN, status, "sign-in.title", values, body -> {
            body.heading("sign-in.heading");
            if (!account.isEmpty()) {
                body.notice("sign-in.again", account);
            }
            body.paragraph("sign-in.explanation")
                    .openForm(form.hidden())
                    .deliveryMethods(form.offered(), form.chosen())
                    .loginId(form)
                    .button("sign-in.button")
                    .closeForm();
            if (!signUpPath.isEmpty()) {
                body.link("sign-in.no-account", signUpPath);
            }
        });
    }

    /** Where a new user gives the details that the application asks for. */
    Page signUp(SignUpForm form) {
        SignInForm account = form.account();
        Map<String, Object> values = values(account.hidden());
        values.put("deliveryMethods", pathSegments(account.offered()));
        values.put("deliveryMethod", account.chosen().pathSegment());
        values.put("loginId", account.loginId());
        values.put(
                "problem",
                account.problem() == FieldProblem.NONE ? "" : account.problem().key());
        values.put("details", form.fieldValues());
        values.put("path", form.signInPath());
        int status = form.hasProblem() ? 400 : 200;
        return new Page(PageName.SIGN_UP, status, "sign-up.title", values, body -> {
            body.heading("sign-up.heading")
                    .paragraph("sign-up.explanation")
                    .openForm(account.hidden())
                    .deliveryMethods(account.offered(), account.chosen())
                    .loginId(account);
            form.fields().forEach(field -> body.detail(form, field));
            body.button("sign-up.button").closeForm().link("sign-up.have-account", form.signInPath());
        });
    }

    /** The answer to every accepted request for a link, whether there is such an account or not. */
    Page checkInbox(CheckInbox inbox) {
        String kind = inbox.deliveryMethod() == DeliveryMethod.EMAIL ? "check-inbox" : "check-messages";
        Map<String, Object> values = values(inbox.resend());
        values.put("path", inbox.signInPath());
        values.put("deliveryMethod", inbox.deliveryMethod().pathSegment());
        values.put("account", inbox.account());
        values.put("sentAgain", inbox.sentAgain());
        values.put("resendIn", Math.max(PageWait.seconds(inbox.resendIn()), 0));
        values.put("reloads", inbox.reloads());
        values.put("togglePath", inbox.togglePath());
        return new Page(PageName.CHECK_INBOX, 200, kind + ".title", values, body -> {
            body.icon(PageIcon.of(inbox.deliveryMethod()))
                    .heading(kind + ".heading")
                    .paragraph(kind + (inbox.sentAgain() ? ".sent-again" : ".sent"), inbox.account())
                    .paragraph(kind + ".next-step")
                    .smallPrint(
                            inbox.reloads() ? "waiting.explanation" : "waiting.stopped",
                            inbox.reloads() ? "waiting.stop" : "waiting.look",
                            inbox.togglePath());
            body.rule().smallPrint(kind + ".nothing-there");
            resend(body, inbox).link(kind + ".other", inbox.signInPath());
        });
    }

    /** The same where nobody waits to be signed in, and another link is asked for on the page before. */
    Page checkInbox(DeliveryMethod method, String maskedRecipient, String askAgainPath) {
        String kind = method == DeliveryMethod.EMAIL ? "check-inbox" : "check-messages";
        Map<String, Object> values = values(askAgainPath, "");
        values.put("deliveryMethod", method.pathSegment());
        values.put("account", maskedRecipient);
        return new Page(
                PageName.CHECK_INBOX,
                200,
                kind + ".title",
                values,
                body -> body.icon(PageIcon.of(method))
                        .heading(kind + ".heading")
                        .paragraph(kind + ".sent", maskedRecipient)
                        .paragraph(kind + ".next-step")
                        .smallPrint(kind + ".nothing-there")
                        .link("resend.button", askAgainPath));
    }

    private static PageBody resend(PageBody body, CheckInbox inbox) {
        if (inbox.maySendAgain()) {
            return body.quietForm(inbox.resend(), "resend.button");
        }
        PageWait wait = PageWait.of(inbox.resendIn());
        return body.smallPrint("resend.later." + wait.unit(), wait.amount());
    }

    /** Asks a human for the click that redeems the link (security V2, V4). */
    Page confirmSignIn(PageForm redeem, String maskedAccount, String currentAccount) {
        Map<String, Object> values = values(redeem);
        values.put("account", maskedAccount);
        values.put("currentAccount", currentAccount);
        return new Page(PageName.CONFIRM, 200, "confirm.title", values, body -> {
            body.icon(PageIcon.PERSON);
            if (maskedAccount.isEmpty()) {
                body.heading("confirm.heading-unknown").paragraph("confirm.explanation-unknown");
            } else {
                body.heading("confirm.heading").paragraph("confirm.explanation", maskedAccount);
            }
            if (!currentAccount.isEmpty()) {
                body.notice("confirm.switches-account", currentAccount);
            }
            body.form(redeem, maskedAccount.isEmpty() ? "confirm.button-unknown" : "confirm.button")
                    .smallPrint("confirm.not-asked");
        });
    }

    /**
     * Names whose link was redeemed, where no page could before, and asks for the click that signs in (security N5). In full: an attacker
     * could choose an address that looks like the reader's once it is masked.
     */
    Page confirmAccount(PageForm signIn, String account, String currentAccount) {
        PageForm decline = signIn.with(SecondClick.DECLINE, "true");
        Map<String, Object> values = values(signIn);
        values.put("account", account);
        values.put("currentAccount", currentAccount);
        values.put("declineField", SecondClick.DECLINE);
        return new Page(PageName.CONFIRM_ACCOUNT, 200, "confirm-account.title", values, body -> {
            body.icon(PageIcon.PERSON)
                    .heading("confirm-account.heading")
                    .paragraph("confirm-account.explanation", account);
            if (!currentAccount.isEmpty()) {
                body.notice("confirm.switches-account", currentAccount);
            }
            body.form(signIn, "confirm-account.button")
                    .quietForm(decline, "confirm-account.decline")
                    .smallPrint("confirm-account.warning");
        });
    }

    /** After "that is not me". */
    Page declined(String homePath, String reference) {
        return new Page(
                PageName.DECLINED,
                200,
                "declined.title",
                values(homePath, reference),
                body -> body.icon(PageIcon.CHECK_MARK)
                        .heading("declined.heading")
                        .paragraph("declined.explanation")
                        .linkButton("not-allowed.home", homePath)
                        .reference(reference));
    }

    /** Where a signed-in user enters a new address. */
    Page update(SignInForm form, String currentAccount) {
        Map<String, Object> values = values(form.hidden());
        values.put("currentAccount", currentAccount);
        values.put("deliveryMethods", pathSegments(form.offered()));
        values.put("deliveryMethod", form.chosen().pathSegment());
        values.put("loginId", form.loginId());
        values.put(
                "problem",
                form.problem() == FieldProblem.NONE ? "" : form.problem().key());
        int status = form.problem() == FieldProblem.NONE ? 200 : 400;
        return new Page(
                PageName.UPDATE,
                status,
                "update.title",
                values,
                body -> body.heading("update.heading")
                        .paragraph("update.explanation", currentAccount)
                        .openForm(form.hidden())
                        .deliveryMethods(form.offered(), form.chosen())
                        .loginId(form)
                        .button("update.button")
                        .closeForm());
    }

    /** The answer to every accepted request for such a link, whether somebody else has the address or not. */
    Page updateSent(String updatePath) {
        return new Page(
                PageName.UPDATE_SENT,
                200,
                "update-sent.title",
                values(updatePath, ""),
                body -> body.icon(PageIcon.ENVELOPE)
                        .heading("update-sent.heading")
                        .paragraph("update-sent.sent")
                        .paragraph("update-sent.next-step")
                        .link("update-sent.again", updatePath));
    }

    Page updateDone(String currentAccount, String homePath) {
        Map<String, Object> values = values(homePath, "");
        values.put("currentAccount", currentAccount);
        return new Page(
                PageName.UPDATE_DONE,
                200,
                "update-done.title",
                values,
                body -> body.icon(PageIcon.CHECK_MARK)
                        .heading("update-done.heading")
                        .paragraph("update-done.explanation", currentAccount)
                        .linkButton("update-done.on", homePath));
    }

    /** Too long ago: the button signs out, and leads back by way of a new sign-in (security S10). */
    Page updateNeedsNewSignIn(PageForm signInAgain, String reference) {
        Map<String, Object> values = values(signInAgain);
        values.put("reference", reference);
        return new Page(
                PageName.UPDATE_AGAIN,
                403,
                "update-again.title",
                values,
                body -> body.icon(PageIcon.CLOCK)
                        .heading("update-again.heading")
                        .paragraph("update-again.explanation")
                        .form(signInAgain, "update-again.button")
                        .reference(reference));
    }

    /** A link that changes an address, in a browser where its user is not signed in (security V17). */
    Page updateElsewhere(String signInPath, String reference) {
        return new Page(
                PageName.UPDATE_ELSEWHERE,
                403,
                "update-elsewhere.title",
                values(signInPath, reference),
                body -> body.icon(PageIcon.PERSON)
                        .heading("update-elsewhere.heading")
                        .paragraph("update-elsewhere.explanation")
                        .linkButton("update-elsewhere.sign-in", signInPath)
                        .reference(reference));
    }

    /** Asks who is signed in to prove it once more. */
    Page stepUp(PageForm stepUp, String maskedAccount) {
        Map<String, Object> values = values(stepUp);
        values.put("account", maskedAccount);
        return new Page(
                PageName.STEP_UP,
                200,
                "step-up.title",
                values,
                body -> body.icon(PageIcon.PERSON)
                        .heading("step-up.heading")
                        .paragraph("step-up.explanation", maskedAccount)
                        .form(stepUp, "step-up.button"));
    }

    /** @param account empty where nobody can tell at present */
    Page signOut(PageForm signOut, String account) {
        Map<String, Object> values = values(signOut);
        values.put("account", account);
        return new Page(PageName.SIGN_OUT, 200, "sign-out.title", values, body -> {
            body.icon(PageIcon.DOOR).heading("sign-out.heading");
            if (!account.isEmpty()) {
                body.paragraph("sign-out.explanation", account);
            }
            body.form(signOut, "sign-out.button").form(signOut.with("everywhere", "true"), "sign-out.everywhere");
        });
    }

    Page signedOut(String signInPath) {
        Map<String, Object> values = values(signInPath, "");
        return new Page(
                PageName.SIGNED_OUT,
                200,
                "signed-out.title",
                values,
                body -> body.icon(PageIcon.CHECK_MARK)
                        .heading("signed-out.heading")
                        .paragraph("signed-out.explanation")
                        .linkButton("signed-out.again", signInPath));
    }

    /** Descope did not hear that the user wants to sign out everywhere; one click asks it again. */
    Page signedOutHereOnly(PageForm tryAgain, String signInPath) {
        Map<String, Object> values = values(signInPath, "");
        values.putAll(values(tryAgain));
        return new Page(
                PageName.SIGNED_OUT,
                503,
                "signed-out.title",
                values,
                body -> body.icon(PageIcon.EXCLAMATION)
                        .heading("signed-out.here-only")
                        .paragraph("signed-out.unheard")
                        .form(tryAgain, "signed-out.try-again")
                        .link("signed-out.again", signInPath));
    }

    /** The same where it cannot be asked, since the browser's session had ended or has no refresh JWT. */
    Page signedOutHereOnly(String signInPath) {
        Map<String, Object> values = values(signInPath, "");
        return new Page(
                PageName.SIGNED_OUT,
                409,
                "signed-out.title",
                values,
                body -> body.icon(PageIcon.EXCLAMATION)
                        .heading("signed-out.here-only")
                        .paragraph("signed-out.cannot-ask")
                        .linkButton("signed-out.again", signInPath));
    }

    /** One page for a used, an expired and an unknown link (security V11); it names who is signed in all the same (N7). */
    Page linkNoLongerValid(String signInPath, StillSignedIn still, String reference) {
        Map<String, Object> values = values(still.isSomebody() ? still.signOutPath() : signInPath, reference);
        values.putAll(values(still));
        return new Page(PageName.LINK_INVALID, 400, "link-invalid.title", values, body -> {
            body.icon(PageIcon.CLOCK).heading("link-invalid.heading").paragraph("link-invalid.explanation");
            if (still.isSomebody()) {
                body.notice("link-invalid.still-signed-in", still.account())
                        .linkButton("link-invalid.go-on", still.homePath())
                        .link("link-invalid.sign-out", still.signOutPath());
            } else {
                body.linkButton("link-invalid.again", signInPath);
            }
            body.reference(reference);
        });
    }

    /** The same for a link that says whom it was for: one click has another sent, whether there is such an account or not. */
    Page linkNoLongerValid(
            PageForm resend, String maskedAccount, String signInPath, StillSignedIn still, String reference) {
        Map<String, Object> values = values(resend);
        values.putAll(values(still.isSomebody() ? still.signOutPath() : signInPath, reference));
        values.putAll(values(still));
        values.put("account", maskedAccount);
        return new Page(PageName.LINK_INVALID, 400, "link-invalid.title", values, body -> {
            body.icon(PageIcon.CLOCK)
                    .heading("link-invalid.heading")
                    .paragraph("link-invalid.recipient", maskedAccount);
            if (still.isSomebody()) {
                body.notice("link-invalid.still-signed-in", still.account())
                        .linkButton("link-invalid.go-on", still.homePath())
                        .quietForm(resend, "link-invalid.again")
                        .link("link-invalid.sign-out", still.signOutPath());
            } else {
                body.form(resend, "link-invalid.again").link("link-invalid.other", signInPath);
            }
            body.reference(reference);
        });
    }

    Page badRequest(String signInPath, String reference) {
        Map<String, Object> values = values(signInPath, reference);
        return new Page(
                PageName.BAD_REQUEST,
                400,
                "bad-request.title",
                values,
                body -> body.icon(PageIcon.EXCLAMATION)
                        .heading("bad-request.heading")
                        .paragraph("bad-request.explanation")
                        .linkButton("start-again", signInPath)
                        .reference(reference));
    }

    /** A form that came without its proof of origin: from another site, or from a page that was open too long. */
    Page forbidden(String signInPath, String reference) {
        Map<String, Object> values = values(signInPath, reference);
        return new Page(
                PageName.FORBIDDEN,
                403,
                "forbidden.title",
                values,
                body -> body.icon(PageIcon.CLOCK)
                        .heading("forbidden.heading")
                        .paragraph("forbidden.explanation")
                        .linkButton("start-again", signInPath)
                        .reference(reference));
    }

    /** Signed in, but this page is for others; or another site sent the browser here with a deed to do. */
    Page notAllowed(String homePath, String account, String signOutPath, String reference) {
        Map<String, Object> values = values(homePath, reference);
        values.put("currentAccount", account);
        return new Page(PageName.NOT_ALLOWED, 403, "not-allowed.title", values, body -> {
            body.icon(PageIcon.EXCLAMATION).heading("not-allowed.heading").paragraph("not-allowed.explanation");
            if (!account.isEmpty()) {
                body.notice("sign-out.explanation", account);
            }
            body.linkButton("not-allowed.home", homePath);
            if (!account.isEmpty()) {
                body.link("sign-out.button", signOutPath);
            }
            body.reference(reference);
        });
    }

    /** The link was fine, but the application does not let this account in. */
    Page refused(String signInPath, String reference) {
        Map<String, Object> values = values(signInPath, reference);
        return new Page(
                PageName.REFUSED,
                403,
                "refused.title",
                values,
                body -> body.icon(PageIcon.EXCLAMATION)
                        .heading("refused.heading")
                        .paragraph("refused.explanation")
                        .linkButton("refused.again", signInPath)
                        .reference(reference));
    }

    Page tooManyRequests(Duration retryAfter, String signInPath, String reference) {
        PageWait wait = PageWait.of(retryAfter);
        Map<String, Object> values = values(signInPath, reference);
        values.put("retryAfter", PageWait.seconds(retryAfter));
        return new Page(
                PageName.TOO_MANY_REQUESTS,
                429,
                "too-many.title",
                values,
                body -> body.icon(PageIcon.CLOCK)
                        .heading("too-many.heading")
                        .paragraph("too-many.explanation." + wait.unit(), wait.amount())
                        .link("too-many.back", signInPath)
                        .reference(reference));
    }

    /** Descope cannot be asked; the button loads the path again. */
    Page unavailable(String retryPath, String reference) {
        Map<String, Object> values = values(retryPath, reference);
        return new Page(
                PageName.UNAVAILABLE,
                503,
                "unavailable.title",
                values,
                body -> body.icon(PageIcon.CLOUD)
                        .heading("unavailable.heading")
                        .paragraph("unavailable.explanation")
                        .linkButton("unavailable.retry", retryPath)
                        .reference(reference));
    }

    /** The same, and it has been so for a while: whoever does not want to wait may sign in anew. */
    Page unavailableForLong(String retryPath, String signInPath, String reference) {
        Map<String, Object> values = values(retryPath, reference);
        values.put("signInPath", signInPath);
        return new Page(
                PageName.UNAVAILABLE,
                503,
                "unavailable.title",
                values,
                body -> body.icon(PageIcon.CLOUD)
                        .heading("unavailable.heading-long")
                        .paragraph("unavailable.explanation-long")
                        .linkButton("unavailable.retry", retryPath)
                        .link("unavailable.sign-in", signInPath)
                        .reference(reference));
    }

    /** Descope cannot be asked; the button redeems the same link once more (security V18). */
    Page unavailable(PageForm redeem, String reference) {
        Map<String, Object> values = values(redeem);
        values.put("reference", reference);
        return new Page(
                PageName.UNAVAILABLE,
                503,
                "unavailable.title",
                values,
                body -> body.icon(PageIcon.CLOUD)
                        .heading("unavailable.heading")
                        .paragraph("unavailable.link-not-used")
                        .form(redeem, "unavailable.retry")
                        .reference(reference));
    }

    /** Where the person can go on by a link. */
    private static Map<String, Object> values(String path, String reference) {
        Map<String, Object> values = new HashMap<>();
        values.put("path", path);
        values.put("reference", reference);
        return values;
    }

    private static Map<String, Object> values(StillSignedIn still) {
        Map<String, Object> values = new HashMap<>();
        values.put("currentAccount", still.account());
        values.put("homePath", still.homePath());
        return values;
    }

    /** Where the person goes on by a form. */
    private static Map<String, Object> values(PageForm form) {
        Map<String, Object> values = new HashMap<>();
        values.put("action", form.action());
        values.put("fields", form.fields());
        return values;
    }

    private static List<String> pathSegments(List<DeliveryMethod> methods) {
        return methods.stream().map(DeliveryMethod::pathSegment).toList();
    }
}
