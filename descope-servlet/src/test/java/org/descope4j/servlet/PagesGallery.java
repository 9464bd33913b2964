package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.SignUpField.Kind;

/** Every built-in page in every variant, filled with one set of values. */
final class PagesGallery {

    private static final List<DeliveryMethod> BOTH = List.of(DeliveryMethod.EMAIL, DeliveryMethod.SMS);

    private final Pages pages;
    private final String applicationName;
    private final String name;
    private final String otherName;
    private final String value;
    private final String path;

    private PagesGallery(String applicationName, String name, String otherName, String value, String path) {
        this.pages = new Pages();
        this.applicationName = applicationName;
        this.name = name;
        this.otherName = otherName;
        this.value = value;
        this.path = path;
    }

    /** As a user sees them. */
    static PagesGallery friendly() {
        return new PagesGallery("Harbour Library", "a***@e***.com", "g***@e***.com", "K7Q2", "/auth/sign-in");
    }

    /** The same text in every argument; in a path after its first slash. */
    static PagesGallery filledWith(String text) {
        return new PagesGallery(text, text, text, text, "/auth/" + text);
    }

    Map<String, Page> pages() {
        Map<String, Page> all = new LinkedHashMap<>();
        SignInForm form = SignInForm.empty(path, value, path, List.of(DeliveryMethod.EMAIL));
        SignInForm choice = SignInForm.empty(path, value, path, BOTH);
        SignInForm phone = SignInForm.empty(path, value, path, List.of(DeliveryMethod.SMS));
        PageForm confirmation = PageForm.to(path, value).with("t", value);
        all.put("sign-in", pages.signIn(form, ""));
        all.put("sign-in-again", pages.signInAgain(form, "", "Ada"));
        all.put("sign-in-choice", pages.signIn(choice, path));
        all.put("sign-in-phone", pages.signIn(phone, ""));
        for (FieldProblem problem : FieldProblem.values()) {
            all.put("sign-in-" + problem.key(), pages.signIn(choice.with(DeliveryMethod.SMS, name, problem), ""));
        }
        all.put("sign-up", pages.signUp(signUp(choice, Map.of())));
        for (FieldProblem problem : FieldProblem.values()) {
            all.put(
                    "sign-up-" + problem.key(),
                    pages.signUp(signUp(form.with(DeliveryMethod.EMAIL, name, problem), problem(problem))));
        }
        all.put("update", pages.update(choice, name));
        all.put("update-problem", pages.update(choice.with(DeliveryMethod.SMS, name, FieldProblem.MISSING), name));
        all.put("update-sent", pages.updateSent(path));
        all.put("update-done", pages.updateDone(name, path));
        all.put(
                "update-again",
                pages.updateNeedsNewSignIn(PageForm.to(path, value).with("again", "true"), value));
        all.put("update-elsewhere", pages.updateElsewhere(path, value));
        for (DeliveryMethod method : DeliveryMethod.values()) {
            all.put("check-inbox-" + method.pathSegment(), pages.checkInbox(inbox(method, false, true, 24)));
        }
        all.put("check-inbox-moment", pages.checkInbox(inbox(DeliveryMethod.EMAIL, false, true, 3)));
        all.put("check-inbox-resend", pages.checkInbox(inbox(DeliveryMethod.EMAIL, true, false, 0)));
        all.put("confirm", pages.confirmSignIn(confirmation, name, ""));
        all.put("confirm-unknown", pages.confirmSignIn(confirmation, "", ""));
        all.put("confirm-switch", pages.confirmSignIn(confirmation, name, otherName));
        all.put("sign-out", pages.signOut(PageForm.to(path, value), name));
        all.put("signed-out", pages.signedOut(path));
        StillSignedIn still = new StillSignedIn(otherName, path, path);
        all.put("link-no-longer-valid", pages.linkNoLongerValid(path, StillSignedIn.NOBODY, value));
        all.put("link-no-longer-valid-still", pages.linkNoLongerValid(path, still, value));
        all.put(
                "link-no-longer-valid-known",
                pages.linkNoLongerValid(confirmation, name, path, StillSignedIn.NOBODY, value));
        all.put("link-no-longer-valid-known-still", pages.linkNoLongerValid(confirmation, name, path, still, value));
        PageForm proven = PageForm.to(path, value).with("signIn", value);
        all.put("confirm-account", pages.confirmAccount(proven, name, ""));
        all.put("confirm-account-switch", pages.confirmAccount(proven, name, otherName));
        all.put("declined", pages.declined(path, value));
        all.put("bad-request", pages.badRequest(path, value));
        all.put("forbidden", pages.forbidden(path, value));
        all.put("refused", pages.refused(path, value));
        for (Duration wait :
                List.of(Duration.ofSeconds(2), Duration.ofSeconds(40), Duration.ofSeconds(300), Duration.ofHours(5))) {
            all.put("too-many-requests-" + wait.toSeconds(), pages.tooManyRequests(wait, path, value));
        }
        all.put("unavailable", pages.unavailable(path, value));
        all.put("unavailable-long", pages.unavailableForLong(path, path, value));
        all.put("unavailable-confirm", pages.unavailable(confirmation, value));
        return all;
    }

    private SignUpForm signUp(SignInForm account, Map<String, FieldProblem> problems) {
        List<SignUpField> fields = List.of(
                new SignUpField("name", Kind.NAME, true),
                new SignUpField("givenName", Kind.GIVEN_NAME, false),
                new SignUpField("middleName", Kind.MIDDLE_NAME, false),
                new SignUpField("familyName", Kind.FAMILY_NAME, false),
                new SignUpField("email", Kind.EMAIL, true),
                new SignUpField("phone", Kind.PHONE, false),
                new SignUpField("company", Kind.OWN, false));
        Map<String, String> typed = Map.of("name", name, "company", value);
        return new SignUpForm(account, fields, new SignUpDetails(typed, problems, Map.of()), path);
    }

    private static Map<String, FieldProblem> problem(FieldProblem problem) {
        return problem == FieldProblem.NONE ? Map.of() : Map.of("phone", problem, "company", problem);
    }

    private CheckInbox inbox(DeliveryMethod method, boolean again, boolean reloads, int seconds) {
        PageForm resend = PageForm.to(path, value);
        return new CheckInbox(method, name, again, reloads, path, resend, Duration.ofSeconds(seconds), path);
    }

    Page page(String pageName) {
        return requireNonNull(pages().get(pageName), pageName);
    }

    /** In English. */
    String html(String pageName) {
        return html(page(pageName), applicationName);
    }

    String html(String pageName, PageTexts texts) {
        return new PageDocument(applicationName).html(page(pageName), texts);
    }

    static String html(Page page, String applicationName) {
        return new PageDocument(applicationName).html(page, texts("en"));
    }

    static PageTexts texts(String language) {
        return new PageTextFiles(PagesGallery.class.getClassLoader(), Map.of("sign-up.field.company", "Company"))
                .find(language)
                .orElseThrow();
    }

    static String contentSecurityPolicy() {
        return new PageDocument("").contentSecurityPolicy();
    }

    /** Writes the pages where a designer can look at them. */
    void writeTo(Path directory) throws IOException {
        for (String language : List.of("en", "de", "es", "ja", "he")) {
            Path ofLanguage = Files.createDirectories(directory.resolve(language));
            for (String page : pages().keySet()) {
                Files.writeString(ofLanguage.resolve(page + ".html"), html(page, texts(language)), UTF_8);
            }
        }
    }
}
