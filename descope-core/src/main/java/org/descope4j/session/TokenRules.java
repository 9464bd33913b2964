package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a token must say to be accepted: who issued it, for whom, signed how, and how far clocks may disagree.
 *
 * <p>Start with {@link #forProject} for Descope's defaults, or with {@link #builder} to change them. Immutable.
 */
public final class TokenRules {

    private static final Pattern PROJECT_ID = Pattern.compile("P[0-9A-Za-z]{27,31}");
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    private final String projectId;
    private final Set<String> issuers;
    private final Duration leeway;
    private final Set<SigningAlgorithm> algorithms;
    private final Set<String> audiences;

    private TokenRules(Builder builder) {
        projectId = builder.projectId;
        issuers = Set.of(projectId, builder.base + "/" + projectId, builder.base + "/v1/apps/" + projectId);
        leeway = builder.leeway;
        algorithms = Set.copyOf(builder.algorithms);
        audiences = builder.audiences;
    }

    /**
     * Returns the rules of a project with every default.
     *
     * @param projectId the project: {@code P} and 27 to 31 letters and digits
     * @param baseUri where the project's Descope is, {@code https://api.descope.com} for most
     * @return the rules
     * @throws IllegalArgumentException if the project ID or the base URI has another shape
     */
    public static TokenRules forProject(String projectId, URI baseUri) {
        return builder(projectId, baseUri).build();
    }

    /**
     * Starts the rules of a project.
     *
     * @param projectId the project: {@code P} and 27 to 31 letters and digits
     * @param baseUri where the project's Descope is: {@code http} or {@code https}, with a host and without user,
     *     query or fragment
     * @return a builder with every default
     * @throws IllegalArgumentException if the project ID or the base URI has another shape
     */
    public static Builder builder(String projectId, URI baseUri) {
        return new Builder(requireNonNull(projectId, "projectId"), requireNonNull(baseUri, "baseUri"));
    }

    /**
     * The project that tokens belong to.
     *
     * @return the project ID
     */
    public String projectId() {
        return projectId;
    }

    /**
     * The issuers that are accepted, compared as exact strings: the project ID, {@code <base>/<project ID>} and
     * {@code <base>/v1/apps/<project ID>}.
     *
     * @return three issuers
     */
    public Set<String> issuers() {
        return issuers;
    }

    /**
     * How far the clock of the issuer and ours may disagree where a token ends or begins ({@code exp}, {@code nbf}). A token that was made
     * ({@code iat}) up to a minute ahead of our clock is accepted even where this is less.
     *
     * @return 5 seconds by default, as in every Descope SDK
     */
    public Duration leeway() {
        return leeway;
    }

    /**
     * The algorithms that a token may be signed with.
     *
     * @return RS256 alone by default: what Descope signs with today
     */
    public Set<SigningAlgorithm> algorithms() {
        return algorithms;
    }

    /**
     * The audiences of which a token must name at least one.
     *
     * @return empty by default: then a token names none, or the project
     */
    public Set<String> audiences() {
        return audiences;
    }

    /** Says what the rules are; there is nothing secret in them. */
    @Override
    public String toString() {
        return "TokenRules[projectId=" + projectId + ", leeway=" + leeway + ", algorithms=" + algorithms
                + ", audiences=" + audiences + "]";
    }

    /** Collects rules; not safe for concurrent use. */
    public static final class Builder {

        private final String projectId;
        private final String base;
        private Duration leeway = Duration.ofSeconds(5);
        private Set<SigningAlgorithm> algorithms = EnumSet.of(SigningAlgorithm.RS256);
        private Set<String> audiences = Set.of();

        private Builder(String projectId, URI baseUri) {
            if (!PROJECT_ID.matcher(projectId).matches()) {
                throw new IllegalArgumentException("A project ID is P and 27 to 31 letters and digits; copy it from"
                        + " the Descope console and set it as descope.project-id");
            }
            boolean isWeb = "https".equals(baseUri.getScheme()) || "http".equals(baseUri.getScheme());
            if (!isWeb
                    || baseUri.getHost() == null
                    || baseUri.getRawUserInfo() != null
                    || baseUri.getRawQuery() != null
                    || baseUri.getRawFragment() != null) {
                throw new IllegalArgumentException("A base URL is http(s)://host without user, query and fragment;"
                        + " leave descope.base-url out for Descope's own");
            }
            this.projectId = projectId;
            this.base = withoutTrailingSlash(baseUri.toString());
        }

        /**
         * Sets how far clocks may disagree where a token ends or begins.
         *
         * @param leeway 0 to 5 minutes; 5 seconds by default
         * @return this builder
         * @throws IllegalArgumentException if it is negative or longer than 5 minutes
         */
        public Builder leeway(Duration leeway) {
            if (requireNonNull(leeway, "leeway").isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
                throw new IllegalArgumentException("The leeway is 0 to 5 minutes, not " + leeway);
            }
            this.leeway = leeway;
            return this;
        }

        /**
         * Sets the algorithms that a token may be signed with.
         *
         * @param algorithms at least one; RS256 alone by default. Older Descope projects sign ES384.
         * @return this builder
         * @throws IllegalArgumentException if there is none
         */
        public Builder algorithms(Set<SigningAlgorithm> algorithms) {
            if (requireNonNull(algorithms, "algorithms").isEmpty()) {
                throw new IllegalArgumentException("descope.algorithms needs at least one of RS256, ES256, ES384");
            }
            this.algorithms = EnumSet.copyOf(algorithms);
            return this;
        }

        /**
         * Sets the audience that every token must name.
         *
         * @param audience compared as an exact string; by default a token names none, or the project
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder audience(String audience) {
            return audiences(Set.of(requireNonNull(audience, "audience")));
        }

        /**
         * Sets the audiences of which every token must name at least one.
         *
         * @param audiences compared as exact strings; by default a token names none, or the project
         * @return this builder
         * @throws IllegalArgumentException if there is none, or one is blank
         */
        public Builder audiences(Set<String> audiences) {
            if (audiences.isEmpty() || audiences.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("An audience is blank; leave it out if tokens name none");
            }
            this.audiences = Set.copyOf(audiences);
            return this;
        }

        /**
         * Builds the rules.
         *
         * @return the rules
         */
        public TokenRules build() {
            return new TokenRules(this);
        }

        private static String withoutTrailingSlash(String uri) {
            return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        }
    }
}
