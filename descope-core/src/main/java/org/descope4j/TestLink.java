package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Arrays;

/**
 * A magic link of a test user, as the user would have found it in their mail. Whoever has it can sign in once, so {@link #toString()}
 * does not show it.
 *
 * @param loginId whose it is
 * @param link to open in a browser
 */
public record TestLink(String loginId, URI link) {
    private static final String PARAMETER = "t=";

    /**
     * Checks that both are there.
     *
     * @param loginId whose it is
     * @param link to open in a browser
     * @throws NullPointerException if one is missing
     */
    public TestLink {
        requireNonNull(loginId, "loginId");
        requireNonNull(link, "link");
    }

    /**
     * What the link carries, for {@link MagicLinks#verify} without a browser.
     *
     * @return the query parameter {@code t}
     * @throws IllegalStateException if the link has none
     */
    public String linkToken() {
        String query = link.getQuery() == null ? "" : link.getQuery();
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith(PARAMETER))
                .map(parameter -> parameter.substring(PARAMETER.length()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("The link has no query parameter t; was it made by Descope?"));
    }

    /** Says that there is one, never which. */
    @Override
    public String toString() {
        return "TestLink[redacted]";
    }
}
