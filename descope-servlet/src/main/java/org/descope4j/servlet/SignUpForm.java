package org.descope4j.servlet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sign-up page shows. Immutable.
 *
 * @param account where the link goes, as on the sign-in page
 * @param fields the details that are asked for, in their order
 * @param details what stands in them, and what is wrong with it
 * @param signInPath for people who have an account
 */
record SignUpForm(SignInForm account, List<SignUpField> fields, SignUpDetails details, String signInPath) {
    SignUpForm {
        fields = List.copyOf(fields);
    }

    boolean hasProblem() {
        return account.problem() != FieldProblem.NONE || !details.problems().isEmpty();
    }

    String typedInto(SignUpField field) {
        return details.typed().getOrDefault(field.name(), "");
    }

    FieldProblem problemOf(SignUpField field) {
        return details.problems().getOrDefault(field.name(), FieldProblem.NONE);
    }

    /** For a page of the application's own. */
    List<Map<String, Object>> fieldValues() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (SignUpField field : fields) {
            FieldProblem problem = problemOf(field);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", field.name());
            one.put("label", field.label());
            one.put("type", field.kind().inputType());
            one.put("autocomplete", field.kind().autocomplete());
            one.put("required", field.isAlwaysRequired(account.offered()));
            one.put("maxLength", field.longest());
            one.put("value", typedInto(field));
            one.put("problem", problem == FieldProblem.NONE ? "" : problem.key());
            all.add(one);
        }
        return all;
    }

    @Override
    public String toString() {
        return "SignUpForm[" + account + "]";
    }
}
