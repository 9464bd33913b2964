package org.descope4j;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.net.URISyntaxException;

/** {@link TestUsers} over Descope's REST API. */
final class RestTestUsers implements TestUsers {
    private final ApiGateway gateway;

    RestTestUsers(ApiGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public User create(TestUser testUser) {
        Wire.UserAnswer user = gateway.createTestUser(testUser.request()).user();
        if (user == null) {
            throw new DescopeUnavailableException("Descope's answer has no user", null);
        }
        return User.of(user);
    }

    @Override
    public TestLink magicLink(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return magicLink(deliveryMethod, loginId, LoginOptions.to(redirectUri));
    }

    @Override
    public TestLink magicLink(DeliveryMethod deliveryMethod, String loginId, LoginOptions options) {
        requireNonNull(deliveryMethod, "deliveryMethod");
        String checked = Arguments.loginId(loginId);
        Wire.TestLinkAnswer answer =
                gateway.makeTestLink(requireNonNull(options, "options").testLinkRequest(checked, deliveryMethod));
        return new TestLink(requireNonNullElse(answer.loginId(), checked), link(requireNonNullElse(answer.link(), "")));
    }

    @Override
    public void deleteAll() {
        gateway.deleteTestUsers();
    }

    /** The link is a secret, so neither it nor the parser's message is passed on. */
    private static URI link(String link) {
        try {
            URI uri = new URI(link);
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // falls through
        }
        throw new DescopeUnavailableException("Descope's answer has no link that can be read", null);
    }
}
