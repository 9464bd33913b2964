package org.descope4j.servlet;

import java.util.List;
import org.descope4j.DeliveryMethod;
import org.owasp.encoder.Encode;

/**
 * The inside of one page, written from top to bottom. It is the only place where HTML is made: texts come from
 * {@link PageTexts} by key, and each value is encoded for the position it stands in. Not thread-safe; one page each.
 */
final class PageBody {

    /** A phone number as people of the language write it. */
    private static final String EXAMPLE = "login-id.example";

    private final PageTexts texts;
    private final StringBuilder html = new StringBuilder();

    PageBody(PageTexts texts) {
        this.texts = texts;
    }

    PageBody icon(PageIcon icon) {
        html.append(icon.svg()).append('\n');
        return this;
    }

    PageBody heading(String key) {
        return element("h1", "", content(texts.text(key)));
    }

    PageBody paragraph(String key) {
        return element("p", "", content(texts.text(key)));
    }

    /** A paragraph with the name of an account, a recipient or a duration where the text says {@code {value}}. */
    PageBody paragraph(String key, String value) {
        return element("p", "", contentWith(key, value));
    }

    PageBody notice(String key, String value) {
        return element("p", " class=\"notice\"", contentWith(key, value));
    }

    PageBody smallPrint(String key) {
        return element("p", " class=\"small\"", content(texts.text(key)));
    }

    PageBody smallPrint(String key, String value) {
        return element("p", " class=\"small\"", contentWith(key, value));
    }

    /** A sentence, and a link about it. */
    PageBody smallPrint(String key, String linkKey, String path) {
        return element("p", " class=\"small\"", content(texts.text(key)) + " " + anchor("", linkKey, path));
    }

    /** What follows is for who cannot go on. */
    PageBody rule() {
        html.append("<hr>\n");
        return this;
    }

    PageBody link(String key, String path) {
        return element("p", " class=\"link\"", anchor("", key, path));
    }

    /** A link that looks like a button, where it is what the user came for. */
    PageBody linkButton(String key, String path) {
        return element("p", " class=\"action\"", anchor(" class=\"button\"", key, path));
    }

    /** A form that is one button. */
    PageBody form(PageForm form, String buttonKey) {
        return openForm(form).button(buttonKey).closeForm();
    }

    /** The same, where it is not what most people came for. */
    PageBody quietForm(PageForm form, String buttonKey) {
        return openForm(form).button(" quiet", buttonKey).closeForm();
    }

    PageBody openForm(PageForm form) {
        html.append("<form method=\"post\" action=\"%s\" accept-charset=\"UTF-8\">\n"
                .formatted(attribute(path(form.action()))));
        form.fields().forEach(this::hidden);
        return this;
    }

    private PageBody hidden(String name, String value) {
        html.append("<input type=\"hidden\" name=\"%s\" value=\"%s\">\n".formatted(attribute(name), attribute(value)));
        return this;
    }

    /** Which way the link is sent; with one way there is nothing to choose. */
    PageBody deliveryMethods(List<DeliveryMethod> offered, DeliveryMethod chosen) {
        if (offered.size() == 1) {
            return hidden("deliveryMethod", offered.get(0).pathSegment());
        }
        html.append("<fieldset>\n<legend>%s</legend>\n<div class=\"choices\">\n"
                .formatted(content(texts.text("sign-in.delivery-method"))));
        for (DeliveryMethod method : offered) {
            String value = method.pathSegment();
            html.append(
                    "<label class=\"choice\"><input type=\"radio\" name=\"deliveryMethod\" value=\"%s\"%s> <span>%s</span></label>\n"
                            .formatted(
                                    attribute(value),
                                    method == chosen ? " checked" : "",
                                    content(texts.text("delivery-method." + value))));
        }
        html.append("</div>\n</fieldset>\n");
        return this;
    }

    /** The field for the login ID, with what is wrong with it, if anything. */
    PageBody loginId(SignInForm form) {
        PageLoginField field = PageLoginField.forMethods(form.offered());
        html.append("<label for=\"loginId\">%s</label>\n".formatted(content(texts.text(field.label()))));
        html.append(
                "<input id=\"loginId\" name=\"loginId\" type=\"%s\" inputmode=\"%s\" autocomplete=\"%s\" value=\"%s\""
                        .formatted(field.type(), field.inputMode(), field.autocomplete(), attribute(form.loginId())));
        html.append(" dir=\"ltr\" autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"254\" required autofocus");
        return form.problem() == FieldProblem.NONE ? hint(field) : problem(form.problem());
    }

    /** One detail of a new user, with what was typed, and what is wrong with it. */
    PageBody detail(SignUpForm form, SignUpField field) {
        FieldProblem problem = form.problemOf(field);
        String label = content(texts.text(field.label()));
        String shown = field.isRequired()
                ? label
                : content(texts.text("sign-up.optional")).replace("{value}", label);
        String id = "detail-" + field.name();
        html.append("<label for=\"%s\">%s</label>\n".formatted(attribute(id), shown));
        html.append("<input id=\"%s\" name=\"%s\" type=\"%s\" value=\"%s\" maxlength=\"%d\""
                .formatted(
                        attribute(id),
                        attribute(field.name()),
                        field.kind().inputType(),
                        attribute(form.typedInto(field)),
                        field.longest()));
        String autocomplete = field.kind().autocomplete();
        html.append(autocomplete.isEmpty() ? "" : " autocomplete=\"%s\"".formatted(autocomplete));
        html.append(field.kind().inputType().equals("text") ? " dir=\"auto\"" : " dir=\"ltr\"");
        html.append(field.isAlwaysRequired(form.account().offered()) ? " required" : "");
        if (problem == FieldProblem.NONE) {
            html.append(">\n");
            return this;
        }
        String problemId = "problem-" + field.name();
        html.append(" aria-invalid=\"true\" aria-describedby=\"%s\">\n".formatted(attribute(problemId)));
        return element(
                "p",
                " class=\"problem\" id=\"%s\" role=\"alert\"".formatted(attribute(problemId)),
                contentWith("problem." + problem.key(), texts.text(EXAMPLE)));
    }

    PageBody button(String key) {
        return button("", key);
    }

    private PageBody button(String moreClasses, String key) {
        html.append("<button class=\"button%s\" type=\"submit\">%s</button>\n"
                .formatted(moreClasses, content(texts.text(key))));
        return this;
    }

    PageBody closeForm() {
        html.append("</form>\n");
        return this;
    }

    /** What a user can tell the support; left out when empty. */
    PageBody reference(String code) {
        return code.isEmpty() ? this : element("p", " class=\"reference\"", contentWith("page.reference", code));
    }

    String html() {
        return html.toString();
    }

    static String content(String value) {
        return Encode.forHtmlContent(PageValue.visible(value));
    }

    static String attribute(String value) {
        return Encode.forHtmlAttribute(value);
    }

    private PageBody hint(PageLoginField field) {
        if (field == PageLoginField.EMAIL) {
            html.append(">\n");
            return this;
        }
        html.append(" aria-describedby=\"hint\">\n");
        return element("p", " class=\"hint\" id=\"hint\"", contentWith(field.hint(), texts.text(EXAMPLE)));
    }

    private PageBody problem(FieldProblem problem) {
        html.append(" aria-invalid=\"true\" aria-describedby=\"problem\">\n");
        return element(
                "p",
                " class=\"problem\" id=\"problem\" role=\"alert\"",
                contentWith("problem." + problem.key(), texts.text(EXAMPLE)));
    }

    private PageBody element(String name, String attributes, String encodedContent) {
        html.append("<%s%s>%s</%s>\n".formatted(name, attributes, encodedContent, name));
        return this;
    }

    private String anchor(String attributes, String key, String path) {
        return "<a%s href=\"%s\">%s</a>".formatted(attributes, attribute(path(path)), content(texts.text(key)));
    }

    /** The value stands in a bdi element, so that its writing direction ends where it ends. */
    private String contentWith(String key, String value) {
        return content(texts.text(key)).replace("{value}", "<bdi>" + content(value) + "</bdi>");
    }

    private static String path(String path) {
        return PageValue.requirePath(path);
    }
}
