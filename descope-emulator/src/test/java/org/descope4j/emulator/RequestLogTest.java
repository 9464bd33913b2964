package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestLogTest {
    private static final String ANA = "ana@example.com";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private final Caller caller = new Caller(EMULATOR);

    @BeforeEach
    void forget_the_test_before() {
        EMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void requests_are_kept_in_their_order_with_everything_in_them() {
        caller.askForLink("signup-in", ANA);
        String refreshJwt = caller.verifyLatest(ANA).text("refreshJwt");
        caller.get("/v1/auth/me?x=1", refreshJwt);

        List<RecordedRequest> requests = EMULATOR.requests();

        assertThat(requests)
                .extracting(RecordedRequest::path)
                .containsExactly("/v1/auth/magiclink/signup-in/email", "/v1/auth/magiclink/verify", "/v1/auth/me");
        assertThat(requests.get(0).body()).contains("\"loginId\":\"ana@example.com\"");
        RecordedRequest me = requests.get(2);
        assertThat(me.method()).isEqualTo("GET");
        assertThat(me.query()).isEqualTo("x=1");
        assertThat(me.body()).isEmpty();
        assertThat(me.header("authorization")).contains("Bearer " + EMULATOR.projectId() + ":" + refreshJwt);
        assertThat(me.header("x-none")).isEmpty();
        assertThat(me.receivedAt()).isBeforeOrEqualTo(EMULATOR.clock().instant());
    }

    @Test
    void what_was_refused_or_met_a_fault_is_kept_too_and_the_emulators_own_paths_are_not() {
        EMULATOR.misbehave(Fault.status(500));
        caller.askForLink("signup-in", ANA);
        caller.verify("garbage");
        caller.get("/inbox");
        caller.get("/_emulator/messages");

        assertThat(EMULATOR.requests()).hasSize(2);
        EMULATOR.reset();
        assertThat(EMULATOR.requests()).isEmpty();
    }

    @Test
    void requests_are_shown_over_http_by_path() {
        caller.askForLink("signup-in", ANA);
        caller.verify("garbage");

        JsonObject only = caller.get("/_emulator/requests?path=/v1/auth/magiclink/verify")
                .array()
                .getJsonObject(0);

        assertThat(caller.get("/_emulator/requests").array()).hasSize(2);
        assertThat(only.keySet()).containsExactlyInAnyOrder("method", "path", "query", "headers", "body", "receivedAt");
        assertThat(only.getString("body")).isEqualTo("{\"token\":\"garbage\"}");
        assertThat(only.getJsonObject("headers").getJsonArray("Authorization").getString(0))
                .isEqualTo("Bearer " + EMULATOR.projectId());
    }

    @Test
    void they_are_bounded() {
        RequestLog log = new RequestLog(Clock.systemUTC());
        Handler handler = log.before(request -> Response.dropped());

        for (int number = 0; number <= RequestLog.CAPACITY; number++) {
            handler.handle(new Request("GET", "/v1/auth/me", "n=" + number, Map.of(), "", "127.0.0.1"));
        }

        assertThat(log.requests()).hasSize(RequestLog.CAPACITY);
        assertThat(log.requests().get(0).query()).isEqualTo("n=1");
    }
}
