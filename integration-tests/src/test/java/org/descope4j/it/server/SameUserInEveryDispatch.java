package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request and what is injected agree who is there, in whichever dispatch of whichever server. */
interface SameUserInEveryDispatch {
    /** Open Liberty hangs at times when a client asks for HTTP/2 without TLS. */
    HttpClient CLIENT = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    /** Where the sessions come from; its users are members. */
    DescopeEmulator emulator();

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
    default void C18_C20_who_is_there_stays_the_same_in_every_dispatch(String steps) throws Exception {
        String sessionJwt = emulator().signIn("ada@example.com").sessionJwt();

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

    /** Where a server does not go to the error page then, nobody is asked; docs/servers.md says which do not. */
    @ParameterizedTest
    @ValueSource(strings = {"async/error", "async/throw", "async/forward/error"})
    default void C18_C20_so_it_does_on_an_error_page_after_an_asynchronous_start(String steps) throws Exception {
        String sessionJwt = emulator().signIn("ada@example.com").sessionJwt();

        String ada = ask("who", sessionJwt);
        String answer = ask("by/" + steps, sessionJwt);

        if (List.of(System.getProperty("server.own-error-pages", "").split(",")).contains(steps)) {
            assertThat(answer).doesNotContain("injected=");
        } else {
            assertThat(answer).isEqualTo(ada);
        }
    }

    private static String ask(String path, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(SampleWar.uri(DispatchedWar.NAME).resolve(path));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }
}
