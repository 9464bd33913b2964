package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the message with a link shall be, under Descope's own names. Everything is optional. Immutable.
 *
 * <pre>{@code
 * LinkMessage message = LinkMessage.builder()
 *         .templateId("welcome")
 *         .templateOptions(Map.of("team", "Harbour"))
 *         .build();
 * }</pre>
 */
public final class LinkMessage {
    private static final LinkMessage OF_PROJECT = builder().build();

    private final @Nullable String templateId;
    private final Map<String, String> templateOptions;
    private final @Nullable String providerId;
    private final @Nullable String locale;
    private final Map<String, Object> customClaims;

    private LinkMessage(Builder builder) {
        templateId = builder.templateId;
        templateOptions = builder.templateOptions;
        providerId = builder.providerId;
        locale = builder.locale;
        customClaims = builder.customClaims;
    }

    /**
     * The message that the Descope project has.
     *
     * @return one without any option
     */
    public static LinkMessage ofProject() {
        return OF_PROJECT;
    }

    /**
     * Starts with none.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Optional<String> templateId() {
        return Optional.ofNullable(templateId);
    }

    Map<String, String> templateOptions() {
        return templateOptions;
    }

    Optional<String> providerId() {
        return Optional.ofNullable(providerId);
    }

    Optional<String> locale() {
        return Optional.ofNullable(locale);
    }

    Map<String, Object> customClaims() {
        return customClaims;
    }

    /** Says nothing of what is in it: claims and template values are about people. */
    @Override
    public String toString() {
        return "LinkMessage[redacted]";
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private @Nullable String templateId;
        private Map<String, String> templateOptions = Map.of();
        private @Nullable String providerId;
        private @Nullable String locale;
        private Map<String, Object> customClaims = Map.of();

        private Builder() {}

        /**
         * Chooses a template of the message other than the project's active one.
         *
         * @param templateId its ID in the Descope console
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder templateId(String templateId) {
            this.templateId = text("template ID", templateId);
            return this;
        }

        /**
         * Sets values for the placeholders of the template.
         *
         * @param templateOptions by the names that the template uses
         * @return this
         * @throws NullPointerException if a name or value is {@code null}
         */
        public Builder templateOptions(Map<String, String> templateOptions) {
            this.templateOptions = Map.copyOf(templateOptions);
            return this;
        }

        /**
         * Chooses the connector that sends the message.
         *
         * @param providerId its ID in the Descope console
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder providerId(String providerId) {
            this.providerId = text("provider ID", providerId);
            return this;
        }

        /**
         * Sets the language of the message; without it, that of the page on which the link was asked for.
         *
         * @param locale such as {@code nb-NO}
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder locale(String locale) {
            this.locale = text("locale", locale);
            return this;
        }

        /**
         * Sets claims for the session that begins with the link. Descope takes none where an address is changed
         * ({@link WantedLink.Purpose#UPDATE}). Descope puts them under {@code nsec}, so that they cannot pass for roles; a project can
         * be set to put them at the top. They are in the session JWT, so the user can read them.
         *
         * @param customClaims what JSON can say: texts, finite numbers, booleans, lists, maps with texts as keys
         * @return this
         */
        public Builder customClaims(Map<String, ?> customClaims) {
            this.customClaims = Map.copyOf(new HashMap<>(customClaims));
            return this;
        }

        /**
         * Builds the message.
         *
         * @return the message
         */
        public LinkMessage build() {
            return new LinkMessage(this);
        }

        private static String text(String what, String value) {
            if (requireNonNull(value, what).isBlank()) {
                throw new IllegalArgumentException("The " + what + " of a message must not be blank");
            }
            return value;
        }
    }
}
