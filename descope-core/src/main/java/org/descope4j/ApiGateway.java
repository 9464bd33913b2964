package org.descope4j;

import static java.util.Objects.requireNonNullElse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The only class that knows Descope's paths and which credential each wants. Thread-safe. */
final class ApiGateway {
    private static final String MAGIC_LINK = "/v1/auth/magiclink/";
    private static final String SESSION_COOKIE = "DS";
    private static final String REFRESH_COOKIE = "DSR";

    private final DescopeSettings settings;
    private final Transport transport;
    private final JsonBodies json;

    ApiGateway(DescopeSettings settings, Transport transport, JsonBodies json) {
        this.settings = settings;
        this.transport = transport;
        this.json = json;
    }

    Wire.LinkAnswer requestSignUp(DeliveryMethod deliveryMethod, Wire.LinkRequest request) {
        return post(MAGIC_LINK + "signup/" + deliveryMethod.pathSegment(), auth(), request, Wire.LinkAnswer.class);
    }

    /** With the refresh JWT of the session that a step-up or second factor builds upon. */
    Wire.LinkAnswer requestSignIn(
            DeliveryMethod deliveryMethod, Wire.LinkRequest request, Optional<String> refreshJwt) {
        String credential = refreshJwt.map(this::auth).orElseGet(this::auth);
        return post(MAGIC_LINK + "signin/" + deliveryMethod.pathSegment(), credential, request, Wire.LinkAnswer.class);
    }

    Wire.LinkAnswer requestSignUpOrIn(DeliveryMethod deliveryMethod, Wire.LinkRequest request) {
        return post(MAGIC_LINK + "signup-in/" + deliveryMethod.pathSegment(), auth(), request, Wire.LinkAnswer.class);
    }

    Wire.LinkAnswer updateEmail(Wire.UpdateRequest request, String refreshJwt) {
        return post(MAGIC_LINK + "update/email", auth(refreshJwt), request, Wire.LinkAnswer.class);
    }

    Wire.LinkAnswer updatePhone(DeliveryMethod deliveryMethod, Wire.UpdateRequest request, String refreshJwt) {
        String path = MAGIC_LINK + "update/phone/" + deliveryMethod.pathSegment();
        return post(path, auth(refreshJwt), request, Wire.LinkAnswer.class);
    }

    Wire.JwtAnswer verify(String linkToken) {
        return withJwts(transport.post(MAGIC_LINK + "verify", auth(), json.write(new Wire.VerifyRequest(linkToken))));
    }

    /** Takes no place among the calls: see {@link RefreshCalls}. */
    Wire.JwtAnswer refresh(Wire.RefreshRequest request, String refreshJwt) {
        return withJwts(transport.postPatiently(
                "/v1/auth/refresh", auth(refreshJwt), json.write(request), RefreshCalls.LONGEST));
    }

    /** Answered with empty JWTs where there is nothing to refresh. */
    Wire.JwtAnswer tryRefresh(String refreshJwt) {
        return withJwts(transport.post("/v1/auth/try-refresh", auth(refreshJwt), json.write(new Wire.NoArguments())));
    }

    /** What Descope answers beyond its status is in the session JWT as well. */
    void validate(String sessionJwt) {
        transport.post("/v1/auth/validate", auth(sessionJwt), json.write(new Wire.NoArguments()));
    }

    Wire.JwtAnswer selectTenant(Wire.TenantRequest request, String refreshJwt) {
        return withJwts(transport.post("/v1/auth/tenant/select", auth(refreshJwt), json.write(request)));
    }

    /** What Descope answers to a log-out beyond its status says nothing. */
    void logout(Wire.LogoutRequest request, String refreshJwt) {
        transport.post("/v1/auth/logout", auth(refreshJwt), json.write(request));
    }

    void logoutAll(Wire.LogoutRequest request, String refreshJwt) {
        transport.post("/v1/auth/logoutall", auth(refreshJwt), json.write(request));
    }

    Wire.UserAnswer me(String refreshJwt) {
        return json.read(transport.get("/v1/auth/me", auth(refreshJwt)).body(), Wire.UserAnswer.class);
    }

    /** Descope documents an object and sends a bare list; its clients have met both. */
    List<Wire.LoginAnswer> loginHistory(String refreshJwt) {
        byte[] body = transport.get("/v1/auth/me/history", auth(refreshJwt)).body();
        if (json.isList(body)) {
            return present(Arrays.asList(json.read(body, Wire.LoginAnswer[].class)));
        }
        return present(json.read(body, Wire.HistoryAnswer.class).authHistory());
    }

    List<Wire.TenantAnswer> tenants(Wire.TenantsRequest request, String refreshJwt) {
        return present(post("/v1/auth/me/tenants", auth(refreshJwt), request, Wire.TenantsAnswer.class)
                .tenants());
    }

    Wire.AccessKeyAnswer exchangeAccessKey(Wire.AccessKeyRequest request, String accessKey) {
        return post("/v1/auth/accesskey/exchange", auth(accessKey), request, Wire.AccessKeyAnswer.class);
    }

    /** The project's key set as it came; what it says is judged by the session package. */
    byte[] keys() {
        return transport.getKeys("/v2/keys/" + settings.projectId(), auth());
    }

    Wire.TestUserAnswer createTestUser(Wire.TestUserRequest request) {
        return post("/v1/mgmt/user/create/test", management(), request, Wire.TestUserAnswer.class);
    }

    Wire.TestLinkAnswer makeTestLink(Wire.TestLinkRequest request) {
        return post("/v1/mgmt/tests/generate/magiclink", management(), request, Wire.TestLinkAnswer.class);
    }

    void deleteTestUsers() {
        transport.delete("/v1/mgmt/user/test/delete/all", management());
    }

    private <T> T post(String path, String credential, Object request, Class<T> shape) {
        return json.read(transport.post(path, credential, json.write(request)).body(), shape);
    }

    /** Where the project manages tokens in cookies, the JWTs come as such, and their fields are empty. */
    private Wire.JwtAnswer withJwts(Transport.Answer answer) {
        if (!requireNonNullElse(json.errorIn(answer.body()).errorCode(), "").isEmpty()) {
            throw new DescopeUnavailableException("Descope answered with an error beside a success", null);
        }
        Wire.JwtAnswer body = json.read(answer.body(), Wire.JwtAnswer.class);
        Map<String, String> cookies = answer.cookies();
        String session = requireNonNullElse(body.sessionJwt(), "");
        String refresh = requireNonNullElse(body.refreshJwt(), "");
        String sessionCookie = AnswerValues.text(body.sessionCookieName()).orElse(SESSION_COOKIE);
        String refreshCookie = AnswerValues.text(body.cookieName()).orElse(REFRESH_COOKIE);
        return body.with(
                session.isEmpty() ? cookies.getOrDefault(sessionCookie, "") : session,
                refresh.isEmpty() ? cookies.getOrDefault(refreshCookie, "") : refresh);
    }

    private static <T> List<T> present(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** What stands behind {@code Bearer} of a call that concerns nobody yet. */
    private String auth() {
        return settings.projectId() + authKey();
    }

    /** Of a call by whoever holds a refresh JWT or an access key. */
    private String auth(String token) {
        return settings.projectId() + ":" + Arguments.credential(token) + authKey();
    }

    private String authKey() {
        return settings.authManagementKey().map(key -> ":" + key).orElse("");
    }

    private String management() {
        return settings.projectId() + ":"
                + settings.managementKey()
                        .orElseThrow(
                                () -> new IllegalStateException("Test users need the management key of the project:"
                                        + " create one in the Descope console under Company, and set it with"
                                        + " DescopeSettings.Builder.managementKey; nothing was sent to Descope"));
    }
}
