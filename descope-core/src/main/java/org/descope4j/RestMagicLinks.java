package org.descope4j;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** {@link MagicLinks} over Descope's REST API. */
final class RestMagicLinks implements MagicLinks {
    /** 64 characters before the @ and 255 after it (RFC 5321 section 4.5.3.1). */
    private static final int LONGEST_LOGIN_ID = 320;

    private static final Pattern LINK_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/=]{1,2048}");

    private final ApiGateway gateway;
    private final AnswerJudge judge;

    RestMagicLinks(ApiGateway gateway, AnswerJudge judge) {
        this.gateway = gateway;
        this.judge = judge;
    }

    @Override
    public LinkSent signUpOrIn(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return request("signup-in", deliveryMethod, loginId, redirectUri);
    }

    @Override
    public LinkSent signIn(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return request("signin", deliveryMethod, loginId, redirectUri);
    }

    @Override
    public LinkSent signUp(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return request("signup", deliveryMethod, loginId, redirectUri);
    }

    @Override
    public SignIn verify(String linkToken) {
        if (!LINK_TOKEN.matcher(requireNonNull(linkToken, "linkToken")).matches()) {
            throw new IllegalArgumentException(
                    "Not a link token: expected 1 to 2048 characters of A-Z a-z 0-9 - . _ ~ + / =, "
                            + "as the query parameter t brings them; nothing was sent to Descope");
        }
        judge.prepare();
        return judge.signIn(gateway.verify(linkToken));
    }

    private LinkSent request(String operation, DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        requireNonNull(deliveryMethod, "deliveryMethod");
        Wire.LinkRequest body = new Wire.LinkRequest(checkedLoginId(loginId), checkedRedirect(redirectUri), Map.of());
        Wire.LinkAnswer answer = gateway.requestLink(operation, deliveryMethod, body);
        String masked = deliveryMethod == DeliveryMethod.EMAIL ? answer.maskedEmail() : answer.maskedPhone();
        return new LinkSent(deliveryMethod, requireNonNullElse(masked, ""));
    }

    private static String checkedLoginId(String loginId) {
        requireNonNull(loginId, "loginId");
        if (loginId.isBlank()
                || loginId.length() > LONGEST_LOGIN_ID
                || loginId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not a login ID: expected 1 to " + LONGEST_LOGIN_ID
                    + " characters, not blank and without control characters, got " + loginId.length()
                    + " characters; nothing was sent to Descope");
        }
        return loginId;
    }

    private static String checkedRedirect(URI redirectUri) {
        requireNonNull(redirectUri, "redirectUri");
        boolean acceptable = ("https".equals(redirectUri.getScheme()) || "http".equals(redirectUri.getScheme()))
                && redirectUri.getHost() != null
                && redirectUri.getRawUserInfo() == null
                && redirectUri.getRawFragment() == null;
        if (!acceptable) {
            throw new IllegalArgumentException(
                    "Not a redirect URI: expected an absolute http or https URL without user info and "
                            + "fragment, such as https://app.example.com/auth/verify; nothing was sent to Descope");
        }
        return redirectUri.toASCIIString();
    }
}
