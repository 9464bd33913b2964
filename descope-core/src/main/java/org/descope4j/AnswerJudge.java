package org.descope4j;

import static java.util.Objects.requireNonNullElse;

import java.util.regex.Pattern;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer of Descope's into proof: its JWTs are judged like any other (K13), and they and the user whom it describes are one and the
 * same (N10). Thread-safe.
 */
final class AnswerJudge {
    /** What Descope calls users, and no template an address or a name. */
    private static final Pattern USER_ID = Pattern.compile("U[0-9A-Za-z]{26,}");

    private final SessionValidator validator;

    AnswerJudge(SessionValidator validator) {
        this.validator = validator;
    }

    /** Makes sure that an answer can be judged, before something that works once is spent for it. */
    void prepare() {
        try {
            validator.requireKeys();
        } catch (KeysUnavailableException e) {
            throw cannotTell(e);
        }
    }

    RefreshToken judgeRefreshJwt(String refreshJwt) {
        try {
            return validator.validateRefresh(refreshJwt);
        } catch (KeysUnavailableException e) {
            throw cannotTell(e);
        }
    }

    Session judgeSessionJwt(String sessionJwt) {
        try {
            return validator.validate(sessionJwt);
        } catch (KeysUnavailableException e) {
            throw cannotTell(e);
        }
    }

    SignIn signIn(Wire.JwtAnswer answer) {
        Tokens tokens =
                new Tokens(present("session JWT", answer.sessionJwt()), present("refresh JWT", answer.refreshJwt()));
        Session session = judge(tokens);
        return new SignIn(
                session,
                tokens,
                userOf(session, answer),
                Boolean.TRUE.equals(answer.firstSeen()),
                AnswerDetails.of(answer));
    }

    RefreshedSession refreshed(String sentRefreshJwt, RefreshToken sent, Wire.JwtAnswer answer) {
        String next = requireNonNullElse(answer.refreshJwt(), "");
        Tokens tokens = new Tokens(present("session JWT", answer.sessionJwt()), next.isEmpty() ? sentRefreshJwt : next);
        Session session = judge(tokens);
        requireOneUser(sent, session);
        return new RefreshedSession(session, tokens, userOf(session, answer), AnswerDetails.of(answer));
    }

    /** The user whom a refresh JWT was shown for; a subject that a template replaced, without an ID beside it, names nobody to compare. */
    User user(RefreshToken sent, Wire.UserAnswer answer) {
        User user = User.of(answer);
        boolean namesUser = !sent.userId().equals(sent.subject())
                || USER_ID.matcher(sent.subject()).matches();
        if (namesUser && !user.id().isEmpty() && !user.id().equals(sent.userId())) {
            throw InvalidSessionException.wrongSubject();
        }
        return user;
    }

    AccessKeySession accessKeySession(Wire.AccessKeyAnswer answer) {
        String sessionJwt = present("session JWT", answer.sessionJwt());
        return new AccessKeySession(requireNonNullElse(answer.keyId(), ""), judgeSessionJwt(sessionJwt), sessionJwt);
    }

    private Session judge(Tokens tokens) {
        Session session = judgeSessionJwt(tokens.sessionJwt());
        requireOneUser(judgeRefreshJwt(tokens.refreshJwt()), session);
        return session;
    }

    private static void requireOneUser(RefreshToken refreshToken, Session session) {
        if (!refreshToken.isForUserOf(session)) {
            throw InvalidSessionException.wrongSubject();
        }
    }

    /** The description is not signed: it counts for the user whose ID it names, and for nobody where it names none. */
    private static User userOf(Session session, Wire.JwtAnswer answer) {
        Wire.UserAnswer described = answer.user();
        if (described == null || requireNonNullElse(described.userId(), "").isEmpty()) {
            return User.of(session.userId(), null);
        }
        if (!session.userId().equals(described.userId())) {
            throw InvalidSessionException.wrongSubject();
        }
        return User.of(session.userId(), described);
    }

    private static String present(String what, @Nullable String jwt) {
        if (jwt == null || jwt.isEmpty()) {
            throw new DescopeUnavailableException(
                    "Descope's answer has no " + what
                            + ", neither in its body nor as a cookie: nobody is signed in by it",
                    null);
        }
        return jwt;
    }

    private static DescopeUnavailableException cannotTell(KeysUnavailableException cause) {
        return new DescopeUnavailableException(
                "Descope's keys are not available, so that no token can be judged", cause);
    }
}
