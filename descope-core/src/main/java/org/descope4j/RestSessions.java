package org.descope4j;

import static java.util.Objects.requireNonNull;

import org.descope4j.session.RefreshToken;

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
        return judge.refreshed(refreshJwt, proof, gateway.refresh(refreshJwt));
    }

    @Override
    public void logout(String refreshJwt) {
        gateway.logout(requireNonNull(refreshJwt, "refreshJwt"));
    }

    @Override
    public void logoutAll(String refreshJwt) {
        gateway.logoutAll(requireNonNull(refreshJwt, "refreshJwt"));
    }
}
