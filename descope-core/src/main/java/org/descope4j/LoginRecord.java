package org.descope4j;

import static org.descope4j.AnswerValues.text;

import java.time.Instant;
import java.util.Optional;

/** A past login of a user, as Descope remembers it. Immutable. */
public final class LoginRecord {
    private final Optional<String> userId;
    private final Optional<Instant> loginTime;
    private final Optional<String> city;
    private final Optional<String> country;
    private final Optional<String> ip;
    private final Optional<String> selectedTenant;

    private LoginRecord(Wire.LoginAnswer answer) {
        userId = text(answer.userId());
        loginTime = AnswerValues.instant(answer.loginTime());
        city = text(answer.city());
        country = text(answer.country());
        ip = text(answer.ip());
        selectedTenant = text(answer.selectedTenant());
    }

    static LoginRecord of(Wire.LoginAnswer answer) {
        return new LoginRecord(answer);
    }

    /**
     * Who signed in.
     *
     * @return the user ID; absent where Descope does not say
     */
    public Optional<String> userId() {
        return userId;
    }

    /**
     * When that was.
     *
     * @return to the second; absent where Descope does not say
     */
    public Optional<Instant> loginTime() {
        return loginTime;
    }

    /**
     * The city that the address is thought to be in.
     *
     * @return absent where Descope does not know
     */
    public Optional<String> city() {
        return city;
    }

    /**
     * The country that the address is thought to be in.
     *
     * @return such as {@code NO}; absent where Descope does not know
     */
    public Optional<String> country() {
        return country;
    }

    /**
     * The address that the login came from.
     *
     * @return an IP address; absent where Descope does not know
     */
    public Optional<String> ip() {
        return ip;
    }

    /**
     * The tenant that was chosen.
     *
     * @return its ID; absent where none was
     */
    public Optional<String> selectedTenant() {
        return selectedTenant;
    }

    /** The time alone: where somebody was is personal data. */
    @Override
    public String toString() {
        return "LoginRecord[" + loginTime.map(Instant::toString).orElse("") + "]";
    }
}
