package org.descope4j.servlet;

import java.util.List;
import org.descope4j.DeliveryMethod;

/**
 * What the sign-in page shows. Immutable.
 *
 * @param hidden where it posts to, and the fields that nobody sees
 * @param offered the ways a link can be sent, at least one
 * @param chosen the one that is selected, one of {@code offered}
 * @param loginId what stands in the field; may be empty
 * @param problem what is wrong with {@code loginId}
 */
record SignInForm(
        PageForm hidden, List<DeliveryMethod> offered, DeliveryMethod chosen, String loginId, FieldProblem problem) {

    SignInForm {
        offered = List.copyOf(offered);
        if (!offered.contains(chosen)) {
            throw new IllegalArgumentException("The chosen delivery method must be one of those offered");
        }
    }

    /** An empty form, with the first delivery method chosen. */
    static SignInForm empty(String action, String csrf, String returnTo, List<DeliveryMethod> offered) {
        PageForm hidden = PageForm.to(action, csrf).with("returnTo", returnTo);
        return new SignInForm(hidden, offered, offered.get(0), "", FieldProblem.NONE);
    }

    /** The same form, filled in by the user. */
    SignInForm with(DeliveryMethod chosenMethod, String typedLoginId, FieldProblem foundProblem) {
        return new SignInForm(hidden, offered, chosenMethod, typedLoginId, foundProblem);
    }

    @Override
    public String toString() {
        return "SignInForm[offered=%s, problem=%s]".formatted(offered, problem);
    }
}
