package org.descope4j.recorded;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.descope4j.AccessKeyOptions;
import org.descope4j.DeliveryMethod;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.LinkSent;
import org.descope4j.LoginOptions;
import org.descope4j.SignUpOptions;
import org.descope4j.TestUser;
import org.descope4j.UpdateOptions;
import org.descope4j.UserDetails;
import org.descope4j.session.Grants;
import org.descope4j.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call in the words of our client. What our client has no word for is an error of the test, so that nothing is dropped in
 * silence.
 */
final class OurCall {
    /** What a call returns that returns nothing. */
    static final Object NOTHING = "nothing";

    private final RecordedCall call;
    private final JsonObject arguments;
    private final String baseUri;
    private final RecordedTokens tokens;

    OurCall(RecordedCall call, String baseUri, RecordedTokens tokens) {
        this.call = call;
        this.arguments = tokens.filledIn(call.arguments()).asJsonObject();
        this.baseUri = baseUri;
        this.tokens = tokens;
    }

    /** What the result says, as the recorded client would put it. */
    JsonValue make() {
        if (call.operation().equals("config.baseUrl")) {
            URI baseUri = DescopeSettings.forProject(text("projectId")).build().baseUri();
            return Json.createValue(baseUri.toString());
        }
        try (Descope descope = Descope.connect(settings())) {
            Object result = on(descope);
            Shown shown = new Shown(call.config().getString("projectId"), descope.validator());
            String sessionJwt = arguments.getString("sessionToken", "");
            return call.client() == RecordedCall.Client.NODE
                    ? shown.asInNode(result, sessionJwt)
                    : shown.asInJava(result, sessionJwt);
        }
    }

    private Object on(Descope descope) {
        return switch (call.operation()) {
            case "magicLink.signUp" -> descope.magicLinks().signUp(deliveryMethod(), text("loginId"), signUpOptions());
            case "magicLink.signIn" -> descope.magicLinks().signIn(deliveryMethod(), text("loginId"), loginOptions());
            case "magicLink.signUpOrIn" ->
                descope.magicLinks().signUpOrIn(deliveryMethod(), text("loginId"), loginOptions());
            case "magicLink.verify" -> descope.magicLinks().verify(text("token"));
            case "magicLink.updateEmail" -> updateEmail(descope);
            case "magicLink.updatePhone" -> updatePhone(descope);
            case "session.refresh", "session.refreshInfo" -> descope.sessions().refresh(text("refreshToken"));
            case "session.validate" -> descope.validator().validate(sessionJwt());
            case "session.validateAndRefresh", "session.validateAndRefreshInfo" ->
                descope.sessions().validateAndRefresh(text("sessionToken"), text("refreshToken"));
            case "session.logout" -> done(() -> descope.sessions().logout(text("refreshToken")));
            case "session.logoutAll" -> done(() -> descope.sessions().logoutAll(text("refreshToken")));
            case "session.me" -> descope.sessions().me(text("refreshToken"));
            case "session.history" -> descope.sessions().loginHistory(text("refreshToken"));
            case "session.selectTenant" -> descope.sessions().selectTenant(text("refreshToken"), text("tenantId"));
            case "accessKey.exchange" -> exchangeAccessKey(descope);
            case "mgmt.generateMagicLinkForTestUser" ->
                descope.testUsers().magicLink(deliveryMethod(), text("loginId"), loginOptions());
            case "mgmt.createTestUser" -> descope.testUsers().create(testUser());
            case "token.validateRoles" -> grants(descope).hasAllRoles(wanted());
            case "token.validatePermissions" -> grants(descope).hasAllPermissions(wanted());
            case "token.getMatchedRoles" -> grants(descope).matchingRoles(wanted());
            case "token.getMatchedPermissions" -> grants(descope).matchingPermissions(wanted());
            default -> throw new IllegalStateException("No call of ours: " + call.operation());
        };
    }

    private DescopeSettings settings() {
        DescopeSettings.Builder settings =
                DescopeSettings.forProject(call.config().getString("projectId")).baseUri(baseUri);
        configured("authManagementKey").ifPresent(settings::authManagementKey);
        configured("managementKey").ifPresent(settings::managementKey);
        if (arguments.containsKey("audience")) {
            audience(settings);
        }
        return settings.build();
    }

    private void audience(DescopeSettings.Builder settings) {
        if (arguments.get("audience") instanceof JsonArray several) {
            settings.audiences(Set.copyOf(JavaValues.texts(several)));
        } else {
            settings.audience(text("audience"));
        }
    }

    private Optional<String> configured(String name) {
        return Optional.ofNullable(call.config().getString(name, null));
    }

    private LinkSent updateEmail(Descope descope) {
        return descope.magicLinks().updateEmail(text("loginId"), text("email"), text("refreshToken"), updateOptions());
    }

    private LinkSent updatePhone(Descope descope) {
        return descope.magicLinks()
                .updatePhone(deliveryMethod(), text("loginId"), text("phone"), text("refreshToken"), updateOptions());
    }

    private Object exchangeAccessKey(Descope descope) {
        if (!arguments.containsKey("options")) {
            return descope.sessions().exchangeAccessKey(text("accessKey"));
        }
        return descope.sessions().exchangeAccessKey(text("accessKey"), accessKeyOptions());
    }

    private DeliveryMethod deliveryMethod() {
        return DeliveryMethod.valueOf(text("method").toUpperCase(Locale.ROOT));
    }

    private String sessionJwt() {
        return arguments.get("sessionToken") instanceof JsonObject order
                ? tokens.mint(order.getJsonObject("$mint"))
                : text("sessionToken");
    }

    private Grants grants(Descope descope) {
        Session session = descope.validator().validate(tokens.signed(arguments.getJsonObject("claims")));
        return arguments.containsKey("tenant") ? session.grantsIn(text("tenant")) : session.grants();
    }

    private List<String> wanted() {
        return JavaValues.texts(arguments.getJsonArray("wanted"));
    }

    private SignUpOptions signUpOptions() {
        if (isNull("options")) {
            return asTheyDid(null);
        }
        SignUpOptions.Builder options = SignUpOptions.builder();
        redirectUri(options::redirectUri);
        if (arguments.containsKey("user")) {
            options.user(userDetails());
        }
        options().forEach((name, value) -> {
            switch (name) {
                case "customClaims" -> options.customClaims(JavaValues.map(value.asJsonObject()));
                case "templateOptions" -> options.templateOptions(JavaValues.texts(value.asJsonObject()));
                case "templateId" -> options.templateId(text(value));
                case "locale" -> options.locale(text(value));
                case "tenantId" -> options.tenantId(text(value));
                case "providerId" -> options.providerId(text(value));
                default -> throw unknown(name);
            }
        });
        return options.build();
    }

    private UserDetails userDetails() {
        UserDetails.Builder user = UserDetails.builder();
        arguments.getJsonObject("user").forEach((name, value) -> {
            switch (name) {
                case "name" -> user.name(text(value));
                case "email" -> user.email(text(value));
                case "phone" -> user.phone(text(value));
                case "givenName" -> user.givenName(text(value));
                case "middleName" -> user.middleName(text(value));
                case "familyName" -> user.familyName(text(value));
                default -> throw unknown(name);
            }
        });
        return user.build();
    }

    private TestUser testUser() {
        TestUser.Builder user = TestUser.withLoginId(text("loginId"));
        arguments.getJsonObject("user").forEach((name, value) -> {
            switch (name) {
                case "name" -> user.name(text(value));
                case "email" -> user.email(text(value));
                default -> throw unknown(name);
            }
        });
        return user.build();
    }

    private LoginOptions loginOptions() {
        if (isNull("options")) {
            return asTheyDid(null);
        }
        LoginOptions.Builder options = LoginOptions.builder();
        redirectUri(options::redirectUri);
        options().forEach((name, value) -> {
            switch (name) {
                case "stepup" -> onlyIf(value, () -> options.stepUp(text("refreshToken")));
                case "mfa" -> onlyIf(value, () -> options.mfa(text("refreshToken")));
                case "customClaims" -> options.customClaims(JavaValues.map(value.asJsonObject()));
                case "templateOptions" -> options.templateOptions(JavaValues.texts(value.asJsonObject()));
                case "templateId" -> options.templateId(text(value));
                case "locale" -> options.locale(text(value));
                case "tenantId" -> options.tenantId(text(value));
                case "providerId" -> options.providerId(text(value));
                case "revokeOtherSessions" -> onlyIf(value, () -> options.revokeOtherSessions(sessionTypes()));
                case "revokeOtherSessionsTypes" -> options.revokeOtherSessions(sessionTypes());
                default -> throw unknown(name);
            }
        });
        return options.build();
    }

    private String[] sessionTypes() {
        return JavaValues.texts(options()
                        .getOrDefault("revokeOtherSessionsTypes", JsonValue.EMPTY_JSON_ARRAY)
                        .asJsonArray())
                .toArray(String[]::new);
    }

    private UpdateOptions updateOptions() {
        if (isNull("options")) {
            return asTheyDid(null);
        }
        UpdateOptions.Builder options = UpdateOptions.builder();
        redirectUri(options::redirectUri);
        options().forEach((name, value) -> {
            switch (name) {
                case "addToLoginIDs" -> onlyIf(value, options::addToLoginIds);
                case "onMergeUseExisting" -> onlyIf(value, options::onMergeUseExisting);
                case "failOnConflict" -> onlyIf(value, options::failOnConflict);
                case "mfa" -> onlyIf(value, options::mfa);
                case "templateOptions" -> options.templateOptions(JavaValues.texts(value.asJsonObject()));
                case "templateId" -> options.templateId(text(value));
                case "providerId" -> options.providerId(text(value));
                case "locale" -> options.locale(text(value));
                default -> throw unknown(name);
            }
        });
        return options.build();
    }

    private AccessKeyOptions accessKeyOptions() {
        if (isNull("options")) {
            return asTheyDid(null);
        }
        AccessKeyOptions.Builder options = AccessKeyOptions.builder();
        options().forEach((name, value) -> {
            switch (name) {
                case "customClaims" -> options.customClaims(JavaValues.map(value.asJsonObject()));
                case "selectedTenant" -> options.selectedTenant(text(value));
                default -> throw unknown(name);
            }
        });
        return options.build();
    }

    private JsonObject options() {
        return arguments.getOrDefault("options", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    }

    private void redirectUri(Consumer<URI> option) {
        if (arguments.containsKey("uri")) {
            option.accept(isNull("uri") ? asTheyDid(null) : URI.create(text("uri")));
        }
    }

    private boolean isNull(String argument) {
        return JsonValue.NULL.equals(arguments.get(argument));
    }

    /** Null where they passed null, and where they passed nothing although we have a place for it. */
    private String text(String argument) {
        return asTheyDid(arguments.get(argument) instanceof JsonString text ? text.getString() : null);
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonArray) {
            throw new IllegalStateException("A text is expected, not " + value);
        }
        return ((JsonString) value).getString();
    }

    /** Our flags are calls without arguments: what is false is not said. */
    private static void onlyIf(JsonValue flag, Runnable option) {
        if (flag.equals(JsonValue.TRUE)) {
            option.run();
        }
    }

    private static Object done(Runnable call) {
        call.run();
        return NOTHING;
    }

    private static IllegalStateException unknown(String name) {
        return new IllegalStateException("No option of ours: " + name);
    }

    /** Hands a null where ours takes none, as the recorded caller did. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T asTheyDid(@Nullable T value) {
        return value;
    }
}
