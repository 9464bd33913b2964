package org.descope4j.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.suite.Across;
import org.descope4j.it.suite.Desk;
import org.descope4j.it.suite.DeskPage;
import org.descope4j.it.suite.Doorman;
import org.descope4j.servlet.SignInHandler;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two applications of one project with one secret in one EAR: a shop for everybody, and an office that lets nobody in. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedSecretIT {
    private static final URI SHOP = SampleWar.uri("family-shop");
    private static final URI OFFICE = SampleWar.uri("family-office");
    private static final String EVE = "eve@example.com";
    private static final DescopeEmulator PROJECT = DescopeEmulator.start();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    @Deployment(testable = false)
    static EnterpriseArchive family() {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, "family.ear");
        SampleWar.jars(SampleWar.read(), "")
                .values()
                .forEach(jar -> ear.add(
                        requireNonNull(jar.getAsset()), jar.getPath().get().replace("/WEB-INF/lib", "/lib")));
        return ear.addAsModule(war("family-shop"))
                .addAsModule(war("family-office")
                        .addClass(Doorman.class)
                        .addAsServiceProvider(SignInHandler.class, Doorman.class));
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Desk.class, DeskPage.class, Across.class)
                .addAsResource(
                        new StringAsset("descope.project-id=" + PROJECT.projectId() + "\ndescope.base-url="
                                + PROJECT.baseUri()
                                + "\ndescope.secret=one-secret-of-both-applications-long-enough\n"
                                + "descope.protected-paths=/private/*\n"),
                        "META-INF/microprofile-config.properties")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    @AfterAll
    static void endEmulator() {
        PROJECT.close();
    }

    @Test
    void N4_whom_the_office_refuses_does_not_get_in_with_the_cookies_of_the_shop() throws Exception {
        signIn();
        assertThat(get(SHOP.resolve("private/desk")).body()).contains("request=" + EVE);

        assertThat(get(OFFICE.resolve("private/desk")).statusCode()).isEqualTo(401);
        assertThat(get(OFFICE.resolve("desk")).body()).contains("injected=nobody request=nobody name=none");
        cookies.remove("DS");
        assertThat(get(OFFICE.resolve("private/desk")).statusCode())
                .as("a refresh is no way in either")
                .isEqualTo(401);
    }

    @Test
    void N4_a_Bearer_token_is_no_way_past_the_office() throws Exception {
        String bearer = "Bearer " + PROJECT.signIn(EVE).sessionJwt();

        assertThat(get(SHOP.resolve("private/desk"), "Authorization", bearer).statusCode())
                .isEqualTo(200);
        assertThat(get(OFFICE.resolve("private/desk"), "Authorization", bearer).statusCode())
                .isEqualTo(401);
    }

    @Test
    void N4_the_form_and_the_link_of_the_shop_are_nothing_in_the_office() throws Exception {
        String field = askForLink();
        URI link = PROJECT.inbox().latest(EVE).link();

        HttpResponse<String> opened = get(URI.create(link.toString().replace("/family-shop/", "/family-office/")));
        HttpResponse<String> signedOut = post(OFFICE.resolve("auth/sign-out"), Map.of("_descope_csrf", field));

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).doesNotContain("e***@e***.com");
        assertThat(signedOut.statusCode()).isEqualTo(403);
    }

    @Test
    void N4_a_forward_from_the_shop_to_the_office_takes_no_user_along() throws Exception {
        signIn();
        assertThat(get(SHOP.resolve("desk")).body()).contains("injected=" + EVE + " request=" + EVE + " name=U");

        HttpResponse<String> forwarded = get(SHOP.resolve("across?to=/family-office"));

        assertThat(forwarded.body()).contains("injected=nobody request=nobody name=none");
    }

    /** By hand, since cookies of one path are to arrive at another. */
    private void signIn() throws IOException, InterruptedException {
        askForLink();
        assertThat(get(PROJECT.inbox().latest(EVE).link()).statusCode()).isEqualTo(303);
    }

    /** The field of the form that asked. */
    private String askForLink() throws IOException, InterruptedException {
        URI form = SHOP.resolve("auth/sign-in");
        Matcher field = Pattern.compile("name=\"_descope_csrf\" value=\"([^\"]*)\"")
                .matcher(get(form).body());
        assertThat(field.find()).isTrue();
        String value = field.group(1).replace("&#61;", "=");
        post(form, Map.of("loginId", EVE, "deliveryMethod", "email", "returnTo", "", "_descope_csrf", value));
        return value;
    }

    private HttpResponse<String> get(URI page, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page).GET(), headers);
    }

    private HttpResponse<String> post(URI page, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(page).POST(BodyPublishers.ofString(body)),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        request.header("Accept", "application/json");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(one -> one.getKey() + "=" + one.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        boolean isOfShop = response.uri().getPath().startsWith("/family-shop/");
        response.headers().allValues("set-cookie").stream()
                .filter(line -> isOfShop)
                .map(line -> HttpCookie.parse(line).get(0))
                .filter(cookie -> cookie.getName().startsWith("DS"))
                .forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
        return response;
    }
}
