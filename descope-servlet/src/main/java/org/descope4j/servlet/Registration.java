package org.descope4j.servlet;

/** Whether a person without an account at Descope gets one by asking for a link here. */
enum Registration {
    /** Yes: the first link that is asked for makes the account. */
    OPEN,
    /** No: links go to accounts that are there already. */
    CLOSED;

    /**
     * What the application has set.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Registration from(SettingValues values) {
        String text = values.text(SettingKey.REGISTRATION);
        return switch (text) {
            case "open" -> OPEN;
            case "closed" -> CLOSED;
            default ->
                throw SettingKey.REGISTRATION.refusal(
                        "open (whoever asks for a link gets an account) or closed (links go to"
                                + " existing accounts only), got " + text);
        };
    }
}
