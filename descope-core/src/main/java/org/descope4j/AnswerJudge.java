package org.descope4j;

import static java.util.Objects.requireNonNullElse;

import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;
import org.descope4j.session.SessionValidator;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer of Descope's into proof: its JWTs are judged like any other (K13), and belong to one subject. Thread-safe.
 */
final class AnswerJudge {
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
                User.of(session.userId(), answer.user()),
                Boolean.TRUE.equals(answer.firstSeen()),
                AnswerDetails.of(answer));
    }

    RefreshedSession refreshed(String sentRefreshJwt, RefreshToken sent, Wire.JwtAnswer answer) {
        String next = requireNonNullElse(answer.refreshJwt(), "");
        Tokens tokens = new Tokens(present("session JWT", answer.sessionJwt()), next.isEmpty() ? sentRefreshJwt : next);
        Session session = judge(tokens);
        if (!session.subject().equals(sent.subject())) {
            throw InvalidSessionException.wrongSubject();
        }
        return new RefreshedSession(
                session, tokens, User.of(session.userId(), answer.user()), AnswerDetails.of(answer));
    }

    AccessKeySession accessKeySession(Wire.AccessKeyAnswer answer) {
        String sessionJwt = present("session JWT", answer.sessionJwt());
        return new AccessKeySession(requireNonNullElse(answer.keyId(), ""), judgeSessionJwt(sessionJwt), sessionJwt);
    }

    private Session judge(Tokens tokens) {
        Session session = judgeSessionJwt(tokens.sessionJwt());
        RefreshToken refreshToken = judgeRefreshJwt(tokens.refreshJwt());
        if (!session.subject().equals(refreshToken.subject())) {
            throw InvalidSessionException.wrongSubject();
        }
        return session;
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
