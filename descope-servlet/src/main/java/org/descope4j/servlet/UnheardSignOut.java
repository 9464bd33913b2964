package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descope4j.servlet.SignedInSession.HeardByDescope;

/**
 * Says to a person who signed out everywhere that Descope did not hear of it, so that other devices are still signed in, and offers to try
 * again. Thread-safe.
 *
 * <p>The session has ended here by then. For the next try its refresh JWT waits in the page, sealed, bound to this browser's half of the
 * CSRF pair, for ten minutes.
 */
final class UnheardSignOut {
    /** The sealed refresh JWTs. */
    static final String FIELD = "unheard";

    /** Longer than most failures of a service last, and than a person waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int LONGEST_FIELD = 32_000;

    private final SignedInSession signedInSession;
    private final Seal seal;
    private final Clock clock;
    private final Endpoint our;

    UnheardSignOut(SignedInSession signedInSession, ApplicationSeals seals, Clock clock, Endpoint our) {
        this.signedInSession = signedInSession;
        this.seal = seals.forPurpose("unheard sign-out");
        this.clock = clock;
        this.our = our;
    }

    /** Whether a POST tries it again. */
    boolean isTriedAgain(HttpServletRequest request) {
        return request.getParameterValues(FIELD) != null;
    }

    /** To be called for a POST with a CSRF pair. What came of it; empty where that form is not this browser's, or was open too long. */
    Optional<HeardByDescope> tryAgain(HttpServletRequest request) {
        return seal.open(our.single(request, FIELD, LONGEST_FIELD))
                .flatMap(bytes -> refreshJwts(bytes, our.cookies().csrf(request)))
                .map(signedInSession::endEverywhere);
    }

    /** The page that says so. */
    void tell(HttpServletRequest request, HttpServletResponse response, HeardByDescope ended) throws IOException {
        String signIn = our.signInPath(request);
        if (ended.unheard().isEmpty()) {
            our.writer().write(request, response, our.pages().signedOutHereOnly(signIn));
            return;
        }
        String action = request.getContextPath() + our.paths().signOut();
        PageForm form = PageForm.to(action, our.csrf().fieldFor(request, response))
                .with("everywhere", "true")
                .with(FIELD, seal.seal(bytes(our.csrf().cookieFor(request, response), ended.unheard())));
        our.writer().write(request, response, our.pages().signedOutHereOnly(form, signIn));
    }

    private byte[] bytes(String browser, List<String> refreshJwts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(browser);
            out.writeLong(clock.instant().plus(PATIENCE).getEpochSecond());
            out.writeByte(refreshJwts.size());
            for (String refreshJwt : refreshJwts) {
                out.writeUTF(refreshJwt);
            }
        }
        return bytes.toByteArray();
    }

    private Optional<List<String>> refreshJwts(byte[] bytes, List<String> browsers) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            boolean isOfThisBrowser = browsers.contains(in.readUTF());
            boolean isInTime = clock.instant().isBefore(Instant.ofEpochSecond(in.readLong()));
            List<String> refreshJwts = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                refreshJwts.add(in.readUTF());
            }
            return isOfThisBrowser && isInTime ? Optional.of(refreshJwts) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // another version wrote it
        }
    }
}
