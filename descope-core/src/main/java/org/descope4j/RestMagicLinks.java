package org.descope4j;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.net.URI;

/** {@link MagicLinks} over Descope's REST API. */
final class RestMagicLinks implements MagicLinks {
    private final ApiGateway gateway;
    private final AnswerJudge judge;

    RestMagicLinks(ApiGateway gateway, AnswerJudge judge) {
        this.gateway = gateway;
        this.judge = judge;
    }

    @Override
    public LinkSent signUpOrIn(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return signUpOrIn(deliveryMethod, loginId, LoginOptions.to(redirectUri));
    }

    @Override
    public LinkSent signUpOrIn(DeliveryMethod deliveryMethod, String loginId, LoginOptions options) {
        if (requireNonNull(options, "options").refreshJwt().isPresent()) {
            throw new IllegalArgumentException("Step-up and MFA are for a user who is signed in: use signIn instead of"
                    + " signUpOrIn; nothing was sent to Descope");
        }
        Wire.LinkRequest request = options.request(Arguments.loginId(loginId));
        return sent(
                deliveryMethod, gateway.requestSignUpOrIn(requireNonNull(deliveryMethod, "deliveryMethod"), request));
    }

    @Override
    public LinkSent signIn(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return signIn(deliveryMethod, loginId, LoginOptions.to(redirectUri));
    }

    @Override
    public LinkSent signIn(DeliveryMethod deliveryMethod, String loginId, LoginOptions options) {
        Wire.LinkRequest request = requireNonNull(options, "options").request(Arguments.loginId(loginId));
        options.refreshJwt().ifPresent(judge::judgeRefreshJwt);
        return sent(
                deliveryMethod,
                gateway.requestSignIn(requireNonNull(deliveryMethod, "deliveryMethod"), request, options.refreshJwt()));
    }

    @Override
    public LinkSent signUp(DeliveryMethod deliveryMethod, String loginId, URI redirectUri) {
        return signUp(deliveryMethod, loginId, SignUpOptions.to(redirectUri));
    }

    @Override
    public LinkSent signUp(DeliveryMethod deliveryMethod, String loginId, SignUpOptions options) {
        Wire.LinkRequest request = requireNonNull(options, "options").request(Arguments.loginId(loginId));
        return sent(deliveryMethod, gateway.requestSignUp(requireNonNull(deliveryMethod, "deliveryMethod"), request));
    }

    @Override
    public SignIn verify(String linkToken) {
        Arguments.linkToken(linkToken);
        judge.prepare();
        return judge.signIn(gateway.verify(linkToken));
    }

    @Override
    public LinkSent updateEmail(String loginId, String email, String refreshJwt, URI redirectUri) {
        return updateEmail(loginId, email, refreshJwt, UpdateOptions.to(redirectUri));
    }

    @Override
    public LinkSent updateEmail(String loginId, String email, String refreshJwt, UpdateOptions options) {
        Wire.UpdateRequest request =
                requireNonNull(options, "options").emailRequest(Arguments.loginId(loginId), Arguments.email(email));
        judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return sent(DeliveryMethod.EMAIL, gateway.updateEmail(request, refreshJwt));
    }

    @Override
    public LinkSent updatePhone(
            DeliveryMethod deliveryMethod, String loginId, String phone, String refreshJwt, URI redirectUri) {
        return updatePhone(deliveryMethod, loginId, phone, refreshJwt, UpdateOptions.to(redirectUri));
    }

    @Override
    public LinkSent updatePhone(
            DeliveryMethod deliveryMethod, String loginId, String phone, String refreshJwt, UpdateOptions options) {
        if (requireNonNull(deliveryMethod, "deliveryMethod") == DeliveryMethod.EMAIL) {
            throw new IllegalArgumentException(
                    "A phone number is verified by SMS or WHATSAPP, not by EMAIL; nothing was sent to Descope");
        }
        Wire.UpdateRequest request =
                requireNonNull(options, "options").phoneRequest(Arguments.loginId(loginId), Arguments.phone(phone));
        judge.judgeRefreshJwt(requireNonNull(refreshJwt, "refreshJwt"));
        return sent(deliveryMethod, gateway.updatePhone(deliveryMethod, request, refreshJwt));
    }

    private static LinkSent sent(DeliveryMethod deliveryMethod, Wire.LinkAnswer answer) {
        String masked = deliveryMethod == DeliveryMethod.EMAIL ? answer.maskedEmail() : answer.maskedPhone();
        return new LinkSent(deliveryMethod, requireNonNullElse(masked, ""));
    }
}
