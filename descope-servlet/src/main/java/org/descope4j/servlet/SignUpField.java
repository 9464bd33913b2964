package org.descope4j.servlet;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.descope4j.DeliveryMethod;

/**
 * One detail that the sign-up page asks for. Immutable.
 *
 * @param name in configuration, and of the form's field
 * @param kind what may be typed
 * @param isRequired whether it may be left empty
 */
record SignUpField(String name, Kind kind, boolean isRequired) {
    /** Longer than names are, and short enough for a claim. In characters. */
    private static final int LONGEST = 100;
    /** What steers a terminal, a log or the direction of what stands beside it; not what joins letters in Persian names. */
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    /** A name that is an advertisement, sent to strangers in the project's own messages. */
    private static final Pattern NO_NAME = Pattern.compile("[<>@]|://|www\\.", Pattern.CASE_INSENSITIVE);

    /** What a field is about. */
    enum Kind {
        NAME("name"),
        GIVEN_NAME("given-name"),
        MIDDLE_NAME("additional-name"),
        FAMILY_NAME("family-name"),
        EMAIL("email"),
        PHONE("tel"),
        /** A field of the application's own; Descope's user object does not know it. */
        OWN("");

        private final String autocomplete;

        Kind(String autocomplete) {
            this.autocomplete = autocomplete;
        }

        /** As browsers fill it in; empty where they cannot know. */
        String autocomplete() {
            return autocomplete;
        }

        String inputType() {
            return switch (this) {
                case EMAIL -> "email";
                case PHONE -> "tel";
                default -> "text";
            };
        }
    }

    /**
     * What was typed, as it is sent.
     *
     * @return empty where it is not acceptable
     */
    Optional<String> accepted(String typed) {
        return switch (kind) {
            case EMAIL -> LoginId.parse(DeliveryMethod.EMAIL, typed).map(LoginId::value);
            case PHONE -> LoginId.parse(DeliveryMethod.SMS, typed).map(LoginId::value);
            default -> problemOf(typed) == FieldProblem.NONE ? Optional.of(typed.strip()) : Optional.empty();
        };
    }

    /** What is wrong with it. */
    FieldProblem problemOf(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return isRequired ? FieldProblem.FIELD_MISSING : FieldProblem.NONE;
        }
        return switch (kind) {
            case EMAIL ->
                LoginId.parse(DeliveryMethod.EMAIL, typed).isPresent()
                        ? FieldProblem.NONE
                        : FieldProblem.NOT_AN_EMAIL_ADDRESS;
            case PHONE ->
                LoginId.parse(DeliveryMethod.SMS, typed).isPresent()
                        ? FieldProblem.NONE
                        : FieldProblem.NOT_A_PHONE_NUMBER;
            default -> problemOfText(text);
        };
    }

    private FieldProblem problemOfText(String text) {
        if (text.codePointCount(0, text.length()) > LONGEST) {
            return FieldProblem.TOO_LONG;
        }
        boolean acceptable = !STEERING.matcher(text).find()
                && (kind == Kind.OWN || !NO_NAME.matcher(text).find());
        return acceptable ? FieldProblem.NONE : FieldProblem.NOT_ALLOWED;
    }

    /**
     * Whether it is read for a link that travels so. The address that the link goes to is the login ID, and nothing else: with another one
     * beside it, Descope would send the link there, and one person would prove to be another.
     */
    boolean isReadWith(DeliveryMethod method) {
        return switch (kind) {
            case EMAIL -> method != DeliveryMethod.EMAIL;
            case PHONE -> method == DeliveryMethod.EMAIL;
            default -> true;
        };
    }

    /** Whether the page shows it. */
    boolean isShownWith(List<DeliveryMethod> offered) {
        return offered.stream().anyMatch(this::isReadWith);
    }

    /** Whether the browser may insist on it, whatever delivery method is chosen. */
    boolean isAlwaysRequired(List<DeliveryMethod> offered) {
        return isRequired && offered.stream().allMatch(this::isReadWith);
    }

    int longest() {
        return switch (kind) {
            case EMAIL -> 254;
            case PHONE -> 32;
            default -> LONGEST;
        };
    }

    /** The key of its label in the texts. */
    String label() {
        return "sign-up.field." + name;
    }
}
