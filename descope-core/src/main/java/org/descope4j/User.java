package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A user as Descope knows them. Immutable. What the user may do is not here but in the verified
 * {@link org.descope4j.session.Session}.
 */
public final class User {
    private final String id;
    private final List<String> loginIds;
    private final String name;
    private final String email;
    private final String phone;

    User(String id, List<String> loginIds, String name, String email, String phone) {
        this.id = requireNonNull(id, "id");
        this.loginIds = List.copyOf(loginIds);
        this.name = requireNonNull(name, "name");
        this.email = requireNonNull(email, "email");
        this.phone = requireNonNull(phone, "phone");
    }

    /**
     * The user ID that Descope gave, stable for the life of the account.
     *
     * @return such as {@code U2abc…}
     */
    public String id() {
        return id;
    }

    /**
     * What the user can type to sign in: e-mail addresses, phone numbers or user names.
     *
     * @return in Descope's order; empty only where Descope answered with a user without any
     */
    public List<String> loginIds() {
        return loginIds;
    }

    /**
     * The name to show.
     *
     * @return absent where Descope has none
     */
    public Optional<String> name() {
        return present(name);
    }

    /**
     * The e-mail address.
     *
     * @return absent where Descope has none
     */
    public Optional<String> email() {
        return present(email);
    }

    /**
     * The phone number, in E.164 form.
     *
     * @return absent where Descope has none
     */
    public Optional<String> phone() {
        return present(phone);
    }

    /** The user ID alone: names and addresses are personal data and stay out of logs. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }

    private static Optional<String> present(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
