package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens, keys and credentials that the tests of this process have used, as far as it takes to find one in a text: its first 16
 * characters, of a JWT those of each segment. Shared by all tests, since a line of the log does not say whose it is. Safe for
 * concurrent use.
 */
public final class Secrets {
    private static final int REVEALING = 16;

    /** Shorter ones, as {@code t1}, stand in half of all texts. */
    private static final int SHORTEST = 8;

    /** More than a test makes before it looks for them; the oldest go first. */
    private static final int MOST = 100_000;

    private static final Pattern BETWEEN_SEGMENTS = Pattern.compile("\\.");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{13}");
    private static final Pattern CREDENTIAL = Pattern.compile("(?i)\\b(?:authorization|bearer)\\b\\W{1,3}[^\\s,;]{8}");

    /** The fuzzer makes a million a minute, and nobody looks for them. */
    private static final boolean IS_FUZZING = System.getenv("JAZZER_FUZZ") != null;

    private static final Secrets USED = new Secrets();

    private final Map<Integer, Set<String>> beginnings = new HashMap<>();
    private final Queue<String> inOrder = new ArrayDeque<>();

    private Secrets() {}

    /** Remembers a secret; returns it. */
    public static String used(String secret) {
        if (IS_FUZZING) {
            return secret;
        }
        for (String segment : BETWEEN_SEGMENTS.split(secret, 8)) {
            if (segment.length() >= SHORTEST) {
                USED.add(segment.substring(0, Math.min(REVEALING, segment.length())));
            }
        }
        return secret;
    }

    /** The secrets that a text gives away, each by its beginning; whatever looks like one counts as well. */
    public static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        JWT.matcher(text).results().forEach(match -> found.add(match.group()));
        CREDENTIAL.matcher(text).results().forEach(match -> found.add(match.group()));
        found.addAll(USED.foundIn(text));
        return found;
    }

    /** The same for all that an exception says when it is printed: its messages and those of its causes. */
    public static List<String> in(Throwable thrown) {
        StringWriter everything = new StringWriter();
        thrown.printStackTrace(new PrintWriter(everything));
        return in(everything.toString());
    }

    private synchronized void add(String beginning) {
        if (beginnings
                .computeIfAbsent(beginning.length(), length -> new HashSet<>())
                .add(beginning)) {
            inOrder.add(beginning);
        }
        if (inOrder.size() > MOST) {
            String oldest = inOrder.remove();
            requireNonNull(beginnings.get(oldest.length())).remove(oldest);
        }
    }

    private synchronized List<String> foundIn(String text) {
        List<String> found = new ArrayList<>();
        beginnings.forEach((length, known) -> {
            for (int start = 0; start + length <= text.length(); start++) {
                String candidate = text.substring(start, start + length);
                if (known.contains(candidate)) {
                    found.add(candidate);
                }
            }
        });
        return found;
    }
}
