package org.descope4j.servlet;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descope4j.UserDetails;
import org.descope4j.servlet.SignUpField.Kind;

/**
 * What a person typed into the sign-up page, beside the login ID: the configured fields and nothing else (S3). Immutable.
 *
 * @param typed by the names of the fields, as it came
 * @param problems by the names of the fields; those without one are not in it
 * @param accepted by the fields, as it is sent; those that were left empty are not in it
 */
record SignUpDetails(Map<String, String> typed, Map<String, FieldProblem> problems, Map<SignUpField, String> accepted) {
    /** The claim of the session JWT that holds the application's own fields; one alone, so that no field can pass for another claim. */
    static final String CLAIM = "signUp";

    SignUpDetails {
        typed = Map.copyOf(typed);
        problems = Map.copyOf(problems);
        accepted = Map.copyOf(accepted);
    }

    static SignUpDetails none() {
        return new SignUpDetails(Map.of(), Map.of(), Map.of());
    }

    /** How the form is read. */
    @FunctionalInterface
    interface Form {
        String field(String name);
    }

    /**
     * Reads the form.
     *
     * @param shown the fields of the page, which are kept for it
     * @param read those that count with the chosen delivery method
     */
    static SignUpDetails read(List<SignUpField> shown, List<SignUpField> read, Form form) {
        Map<String, String> typed = new LinkedHashMap<>();
        shown.forEach(field -> typed.put(field.name(), form.field(field.name())));
        Map<String, FieldProblem> problems = new LinkedHashMap<>();
        Map<SignUpField, String> accepted = new LinkedHashMap<>();
        for (SignUpField field : read) {
            String text = typed.getOrDefault(field.name(), "");
            FieldProblem problem = field.problemOf(text);
            if (problem != FieldProblem.NONE) {
                problems.put(field.name(), problem);
            } else if (!text.isBlank()) {
                field.accepted(text).ifPresent(value -> accepted.put(field, value));
            }
        }
        return new SignUpDetails(typed, problems, accepted);
    }

    /** What Descope's user object takes. */
    UserDetails user() {
        Map<Kind, String> known = new EnumMap<>(Kind.class);
        accepted.forEach((field, value) -> known.put(field.kind(), value));
        UserDetails.Builder user = UserDetails.builder();
        Optional.ofNullable(known.get(Kind.NAME)).ifPresent(user::name);
        Optional.ofNullable(known.get(Kind.GIVEN_NAME)).ifPresent(user::givenName);
        Optional.ofNullable(known.get(Kind.MIDDLE_NAME)).ifPresent(user::middleName);
        Optional.ofNullable(known.get(Kind.FAMILY_NAME)).ifPresent(user::familyName);
        Optional.ofNullable(known.get(Kind.EMAIL)).ifPresent(user::email);
        Optional.ofNullable(known.get(Kind.PHONE)).ifPresent(user::phone);
        return user.build();
    }

    /** The application's own fields, as a claim of the session that begins with the link. */
    Map<String, Object> claims() {
        Map<String, String> own = new LinkedHashMap<>();
        accepted.forEach((field, value) -> {
            if (field.kind() == Kind.OWN) {
                own.put(field.name(), value);
            }
        });
        return own.isEmpty() ? Map.of() : Map.of(CLAIM, own);
    }

    /** All of them by name, for the application. */
    Map<String, String> byName() {
        Map<String, String> all = new LinkedHashMap<>();
        accepted.forEach((field, value) -> all.put(field.name(), value));
        return all;
    }

    /** Personal data: never in a log. */
    @Override
    public String toString() {
        return "SignUpDetails[problems=" + problems.size() + "]";
    }
}
