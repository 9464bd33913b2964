package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.dispatched.Relay;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request and what is injected agree who is there, in whichever dispatch of whichever server. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DispatchesIT {
    private static final URI APPLICATION = SampleWar.uri("dispatched");
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .rolesForNewUsers("member")
            .start();

    private final HttpClient client = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "dispatched.war")
                .merge(SampleWar.read())
                .addPackage(Relay.class.getPackage())
                .setWebXML(new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                        + "<error-page><error-code>" + Relay.ERROR
                        + "</error-code><location>/error</location></error-page></web-app>"));
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forward",
                "include",
                "async",
                "error",
                "throw",
                "forward/error",
                "async/forward",
                "async/include",
                "async/async"
            })
    void C18_C20_who_is_there_stays_the_same_in_every_dispatch(String steps) throws Exception {
        String sessionJwt = EMULATOR.signIn("ada@example.com").sessionJwt();

        String ada = ask("who", sessionJwt);
        String nobody = ask("who", "");

        assertThat(ada)
                .matches("injected=(U[^\\[]+)\\[member] user=\\1 principal=\\1 remote=\\1"
                        + " type=DESCOPE member=true owner=false");
        assertThat(ask("by/" + steps, sessionJwt)).isEqualTo(ada);
        assertThat(nobody)
                .isEqualTo("injected=nobody user=nobody principal=nobody remote=null type=null member=false"
                        + " owner=false");
        assertThat(ask("by/" + steps, "")).isEqualTo(nobody);
    }

    /** Where a server does not go to the error page then, nobody is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"async/error", "async/throw", "async/forward/error"})
    void C18_C20_so_it_does_on_an_error_page_after_an_asynchronous_start(String steps) throws Exception {
        String sessionJwt = EMULATOR.signIn("ada@example.com").sessionJwt();

        String ada = ask("who", sessionJwt);
        String answer = ask("by/" + steps, sessionJwt);

        assertThat(answer)
                .satisfiesAnyOf(
                        ofPage -> assertThat(ofPage).isEqualTo(ada),
                        ofServer -> assertThat(ofServer).doesNotContain("injected="));
    }

    private String ask(String path, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(APPLICATION.resolve(path));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }
}
