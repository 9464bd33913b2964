package org.descope4j.servlet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.SignUpField.Kind;

/** Which details the sign-up page asks for, in their order. Immutable. */
final class SignUpFields {
    private static final Map<String, Kind> KNOWN = Map.of(
            "name", Kind.NAME,
            "givenName", Kind.GIVEN_NAME,
            "middleName", Kind.MIDDLE_NAME,
            "familyName", Kind.FAMILY_NAME,
            "email", Kind.EMAIL,
            "phone", Kind.PHONE);
    /** Names of the form's other fields, and what a stranger must not set on somebody's account. */
    private static final Set<String> TAKEN =
            Set.of("loginId", "deliveryMethod", "returnTo", "again", "state", "recoveryEmail", "recoveryPhone");

    private static final Pattern OWN = Pattern.compile("[a-z][A-Za-z0-9]{0,31}");
    /** All of them are claims of the session JWT, which has to fit into a cookie. */
    private static final int MOST_OWN = 5;

    private final List<SignUpField> fields;

    private SignUpFields(List<SignUpField> fields) {
        this.fields = List.copyOf(fields);
    }

    /**
     * What the application has set.
     *
     * @throws IllegalArgumentException if it is not acceptable
     */
    static SignUpFields from(SettingValues values) {
        Map<String, SignUpField> fields = new LinkedHashMap<>();
        for (String one : values.list(SettingKey.SIGN_UP_FIELDS)) {
            SignUpField field = field(one);
            if (fields.put(field.name(), field) != null) {
                throw SettingKey.SIGN_UP_FIELDS.refusal("each field once, got " + field.name() + " twice");
            }
        }
        if (fields.values().stream().filter(field -> field.kind() == Kind.OWN).count() > MOST_OWN) {
            throw SettingKey.SIGN_UP_FIELDS.refusal(
                    "at most " + MOST_OWN + " fields of your own, since all of them travel in the session JWT");
        }
        return new SignUpFields(List.copyOf(fields.values()));
    }

    private static SignUpField field(String text) {
        String name = text.endsWith("=required") ? text.substring(0, text.length() - "=required".length()) : text;
        if (TAKEN.contains(name) || !OWN.matcher(name).matches()) {
            throw SettingKey.SIGN_UP_FIELDS.refusal(
                    "name, givenName, middleName, familyName, email, phone or a name of your own of"
                            + " letters and digits that begins with a small letter, each as it is or with =required, such as"
                            + " name=required,phone,company; got " + text);
        }
        return new SignUpField(name, KNOWN.getOrDefault(name, Kind.OWN), name.length() < text.length());
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Those on the page where a link can be sent in these ways. */
    List<SignUpField> shownWith(List<DeliveryMethod> offered) {
        return fields.stream().filter(field -> field.isShownWith(offered)).toList();
    }

    /** Those that are read for a link that travels so. */
    List<SignUpField> readWith(DeliveryMethod method) {
        return fields.stream().filter(field -> field.isReadWith(method)).toList();
    }

    /** The keys of the labels that only the application's texts can have, with what stands where they do not. */
    Map<String, String> ownLabels() {
        return fields.stream()
                .filter(field -> field.kind() == Kind.OWN)
                .collect(Collectors.toUnmodifiableMap(SignUpField::label, SignUpField::name));
    }
}
