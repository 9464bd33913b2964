package org.descope4j.emulator;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * An e-mail or text that the emulator would have sent.
 *
 * @param to the e-mail address (lower case) or phone number it went to
 * @param deliveryMethod {@code email}, {@code sms} or {@code whatsapp}
 * @param link the magic link to click
 * @param token the link's token, as it stands in the link's query parameter {@code t}
 * @param template the ID of the message template asked for, empty when none was
 * @param templateOptions the values for the template's placeholders, empty when none were given
 * @param locale the language asked for, empty when none was
 * @param sentAt the time by the emulator's clock
 * @param purpose {@code signUp}, {@code signIn} or {@code update}: what the link is for
 * @param projectId the project that sent it
 */
public record Message(
        String to,
        String deliveryMethod,
        URI link,
        String token,
        String template,
        Map<String, String> templateOptions,
        String locale,
        Instant sentAt,
        String purpose,
        String projectId) {

    /**
     * Keeps a copy of the template options.
     *
     * @param to where it went
     * @param deliveryMethod how it went
     * @param link the link to click
     * @param token the link's token
     * @param template the template's ID, may be empty
     * @param templateOptions the template's values, may be empty
     * @param locale the language, may be empty
     * @param sentAt when it went
     * @param purpose what for
     * @param projectId from which project
     */
    public Message {
        templateOptions = Map.copyOf(templateOptions);
    }
}
