package org.descope4j;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;

/** {@link Sessions} over Descope's REST API. */
final class RestSessions implements Sessions {
    private static final Wire.RefreshRequest WITHOUT_EXTERNAL_TOKEN = new Wire.RefreshRequest(null);

    private final ApiGateway gateway;
    private final AnswerJudge judge;
    private final RefreshCalls refreshCalls;

    RestSessions(ApiGateway gateway, AnswerJudge judge, RefreshCalls refreshCalls) {
        this.gateway = gateway;
        this.judge = judge;
        this.refreshCalls = refreshCalls;
    }

    @Override
    public RefreshedSession refresh(String refreshJwt) {
        RefreshToken proof = judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return refreshed(refreshJwt, proof, WITHOUT_EXTERNAL_TOKEN);
    }

    @Override
    public RefreshedSession refresh(String refreshJwt, String externalToken) {
        Wire.RefreshRequest request = new Wire.RefreshRequest(Arguments.text("external token", externalToken));
        RefreshToken proof = judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return refreshed(refreshJwt, proof, request);
    }

    @Override
    public Optional<RefreshedSession> tryRefresh(String refreshJwt) {
        RefreshToken proof = judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        Wire.JwtAnswer answer = gateway.tryRefresh(refreshJwt);
        return AnswerValues.text(answer.sessionJwt()).map(present -> judge.refreshed(refreshJwt, proof, answer));
    }

    @Override
    public Session validateAtDescope(String sessionJwt) {
        Session session = judge.judgeSessionJwt(requireNonNull(sessionJwt, "sessionJwt"));
        gateway.validate(sessionJwt);
        return session;
    }

    @Override
    public LiveSession validateAndRefresh(String sessionJwt, String refreshJwt) {
        requireNonNull(refreshJwt, "refreshJwt");
        try {
            return LiveSession.asItWas(judge.judgeSessionJwt(requireNonNull(sessionJwt, "sessionJwt")));
        } catch (InvalidSessionException refused) {
            if (refreshJwt.isEmpty()) {
                throw refused;
            }
            return LiveSession.by(refreshAfter(refused, refreshJwt));
        }
    }

    /** An expired session JWT says whose it was, if nothing vouches for it: the refresh JWT of somebody else is refused (C5). */
    private RefreshedSession refreshAfter(InvalidSessionException refused, String refreshJwt) {
        RefreshToken proof = judge.judgeRefreshJwt(refreshJwt);
        if (refused.isAboutAnotherUserThan(proof)) {
            throw InvalidSessionException.wrongSubject();
        }
        RefreshedSession refreshed = refreshed(refreshJwt, proof, WITHOUT_EXTERNAL_TOKEN);
        if (refused.isAboutAnotherUserThan(refreshed.session())) {
            throw InvalidSessionException.wrongSubject();
        }
        return refreshed;
    }

    private RefreshedSession refreshed(String refreshJwt, RefreshToken proof, Wire.RefreshRequest request) {
        String key = key(refreshJwt, request);
        RefreshCalls.Answer answer = refreshCalls.ask(key, () -> asked(refreshJwt, request));
        try {
            return judge.refreshed(refreshJwt, proof, answer.content());
        } catch (InvalidSessionException e) {
            boolean isOfAnother = e.reason() == Reason.WRONG_SUBJECT;
            if (isOfAnother || !isRotated(refreshJwt, answer.content())) {
                throw e;
            }
            if (answer.wasKept()) {
                return refreshedByNext(key, proof, answer.content(), request);
            }
            refreshCalls.keep(key, answer.content());
            throw e;
        } catch (DescopeUnavailableException e) {
            // no session JWT in it, or no keys to judge it by; where refresh JWTs rotate, no other answer brings the
            // session back
            if (!isRotated(refreshJwt, answer.content())) {
                throw e;
            }
            if (answer.wasKept()
                    && requireNonNullElse(answer.content().sessionJwt(), "").isEmpty()) {
                return refreshedByNext(key, proof, answer.content(), request);
            }
            refreshCalls.keep(key, answer.content());
            throw e;
        }
    }

    /** The session JWT of a kept answer is of no use, such as one that is over by now; the refresh JWT in it is the one that goes on. */
    private RefreshedSession refreshedByNext(
            String key, RefreshToken sent, Wire.JwtAnswer kept, Wire.RefreshRequest request) {
        String next = requireNonNullElse(kept.refreshJwt(), "");
        Wire.JwtAnswer newest = kept;
        try {
            judge.judgeRefreshJwt(next);
            Wire.JwtAnswer answer = refreshCalls
                    .ask(key(next, request), () -> asked(next, request))
                    .content();
            newest = isRotated(next, answer) ? answer : kept;
            return judge.refreshed(next, sent, answer);
        } catch (DescopeUnavailableException | InvalidSessionException e) {
            refreshCalls.keep(key, newest);
            throw e;
        }
    }

    private static boolean isRotated(String refreshJwt, Wire.JwtAnswer answer) {
        String next = requireNonNullElse(answer.refreshJwt(), "");
        return !next.isEmpty() && !next.equals(refreshJwt);
    }

    private Wire.JwtAnswer asked(String refreshJwt, Wire.RefreshRequest request) {
        try {
            return gateway.refresh(request, refreshJwt);
        } catch (RefusedByDescopeException e) {
            if (e.errorCode().isEmpty()) {
                // a client on HttpURLConnection throws the body of a 401 to a POST away; to a GET it has the code
                gateway.me(refreshJwt);
            }
            throw e;
        }
    }

    private static String key(String refreshJwt, Wire.RefreshRequest request) {
        return requireNonNullElse(request.externalToken(), "") + ' ' + refreshJwt;
    }

    @Override
    public void logout(String refreshJwt, String... sessionTypes) {
        Wire.LogoutRequest request = logoutRequest(sessionTypes);
        endLateAnswer(requireNonNull(refreshJwt, "refreshJwt"), next -> gateway.logout(request, next));
        gateway.logout(request, refreshJwt);
    }

    /**
     * A refresh that goes on behind its callers has, or will have, the refresh JWT that ends this session where they rotate: it is ended as
     * well, and given to nobody.
     */
    private void endLateAnswer(String refreshJwt, Consumer<String> end) {
        Optional<CompletableFuture<Wire.JwtAnswer>> late = refreshCalls.forget(key(refreshJwt, WITHOUT_EXTERNAL_TOKEN));
        CompletableFuture<Void> unused = late.orElseGet(() -> new CompletableFuture<>())
                .thenAccept(answer -> {
                    if (isRotated(refreshJwt, answer)) {
                        end.accept(requireNonNullElse(answer.refreshJwt(), ""));
                    }
                });
    }

    @Override
    public void logoutAll(String refreshJwt, String... sessionTypes) {
        Wire.LogoutRequest request = logoutRequest(sessionTypes);
        endLateAnswer(requireNonNull(refreshJwt, "refreshJwt"), next -> gateway.logoutAll(request, next));
        gateway.logoutAll(request, refreshJwt);
    }

    private static Wire.LogoutRequest logoutRequest(String... sessionTypes) {
        return new Wire.LogoutRequest(sessionTypes.length == 0 ? null : List.of(sessionTypes));
    }

    @Override
    public User me(String refreshJwt) {
        RefreshToken proof = judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return judge.user(proof, gateway.me(refreshJwt));
    }

    @Override
    public List<LoginRecord> loginHistory(String refreshJwt) {
        judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return gateway.loginHistory(refreshJwt).stream().map(LoginRecord::of).toList();
    }

    @Override
    public List<Tenant> tenants(String refreshJwt, Set<String> tenantIds) {
        List<String> wanted = tenantIds.stream()
                .map(tenantId -> Arguments.text("tenant ID", tenantId))
                .toList();
        return tenants(refreshJwt, new Wire.TenantsRequest(null, wanted));
    }

    @Override
    public Optional<Tenant> selectedTenant(String refreshJwt) {
        return tenants(refreshJwt, new Wire.TenantsRequest(true, null)).stream().findFirst();
    }

    @Override
    public RefreshedSession selectTenant(String refreshJwt, String tenantId) {
        Wire.TenantRequest request = new Wire.TenantRequest(Arguments.text("tenant ID", tenantId));
        RefreshToken proof = judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return judge.refreshed(refreshJwt, proof, gateway.selectTenant(request, refreshJwt));
    }

    @Override
    public AccessKeySession exchangeAccessKey(String accessKey) {
        return exchange(accessKey, new Wire.AccessKeyRequest(null));
    }

    @Override
    public AccessKeySession exchangeAccessKey(String accessKey, AccessKeyOptions options) {
        return exchange(accessKey, requireNonNull(options, "options").request());
    }

    private AccessKeySession exchange(String accessKey, Wire.AccessKeyRequest request) {
        return judge.accessKeySession(gateway.exchangeAccessKey(request, Arguments.key("access key", accessKey)));
    }

    private List<Tenant> tenants(String refreshJwt, Wire.TenantsRequest request) {
        judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return gateway.tenants(request, refreshJwt).stream().map(Tenant::of).toList();
    }
}
