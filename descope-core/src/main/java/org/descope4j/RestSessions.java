package org.descope4j;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.RefreshToken;
import org.descope4j.session.Session;

/** {@link Sessions} over Descope's REST API. */
final class RestSessions implements Sessions {
    private final ApiGateway gateway;
    private final AnswerJudge judge;

    RestSessions(ApiGateway gateway, AnswerJudge judge) {
        this.gateway = gateway;
        this.judge = judge;
    }

    @Override
    public RefreshedSession refresh(String refreshJwt) {
        RefreshToken proof = judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return refreshed(refreshJwt, proof, new Wire.RefreshRequest(null));
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
        RefreshedSession refreshed = refreshed(refreshJwt, proof, new Wire.RefreshRequest(null));
        if (refused.isAboutAnotherUserThan(refreshed.session())) {
            throw InvalidSessionException.wrongSubject();
        }
        return refreshed;
    }

    private RefreshedSession refreshed(String refreshJwt, RefreshToken proof, Wire.RefreshRequest request) {
        return judge.refreshed(refreshJwt, proof, gateway.refresh(request, refreshJwt));
    }

    @Override
    public void logout(String refreshJwt, String... sessionTypes) {
        gateway.logout(logoutRequest(sessionTypes), requireNonNull(refreshJwt, "refreshJwt"));
    }

    @Override
    public void logoutAll(String refreshJwt, String... sessionTypes) {
        gateway.logoutAll(logoutRequest(sessionTypes), requireNonNull(refreshJwt, "refreshJwt"));
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
