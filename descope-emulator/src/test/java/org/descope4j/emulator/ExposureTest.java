package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can reach an emulator. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExposureTest {

    @Test
    void G1_another_address_than_loopback_is_refused_unless_the_names_are_said_too() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DescopeEmulator.builder().bindAddress("0.0.0.0").start())
                .withMessageContaining("could sign in as anybody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder().exposedAs("devbox").start())
                .withMessageContaining("also say which address to listen on");
    }

    @Test
    void G1_both_loopback_addresses_are_listened_on_and_no_other() throws IOException {
        assumeTrue(NetworkInterface.getByInetAddress(ipv6Loopback()) != null, "This machine has no ::1");
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            int port = emulator.baseUri().getPort();

            for (InetAddress address : new InetAddress[] {InetAddress.getLoopbackAddress(), ipv6Loopback()}) {
                try (Socket socket = new Socket(address, port)) {
                    assertThat(socket.isConnected()).isTrue();
                }
            }
            assertThat(emulator.adminToken()).isEmpty();
        }
    }

    @Test
    void a_port_that_is_taken_on_one_of_the_two_is_taken() throws IOException {
        assumeTrue(NetworkInterface.getByInetAddress(ipv6Loopback()) != null, "This machine has no ::1");
        try (ServerSocket other = new ServerSocket(0, 1, ipv6Loopback())) {
            DescopeEmulator.Builder builder = DescopeEmulator.builder().port(other.getLocalPort());

            assertThat(catchThrowable(builder::start))
                    .hasMessageContaining("Port " + other.getLocalPort() + " is taken");
        }
    }

    @Test
    void G3_beyond_loopback_the_inbox_and_the_control_calls_need_the_token() {
        try (DescopeEmulator emulator = exposed()) {
            String token = emulator.adminToken().orElseThrow();

            for (String path : new String[] {"/inbox", "/_emulator/messages", "/_emulator/project", "/"}) {
                assertThat(get(emulator, path, "X-None", "").status()).as(path).isEqualTo(401);
                assertThat(get(emulator, path, "Authorization", "Bearer " + token + "x")
                                .status())
                        .as(path)
                        .isEqualTo(401);
                assertThat(get(emulator, path, "Authorization", "Bearer " + token)
                                .status())
                        .as(path)
                        .isIn(200, 302);
            }
            assertThat(get(emulator, "/magic-link?t=x", "X-None", "").status()).isEqualTo(200);
            assertThat(get(emulator, "/v2/keys/" + emulator.projectId(), "X-None", "")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void G3_a_person_opens_the_inbox_with_the_token_once_and_the_browser_keeps_it() {
        try (DescopeEmulator emulator = exposed()) {
            Answer opened =
                    get(emulator, "/inbox?admin=" + emulator.adminToken().orElseThrow(), "X-None", "");

            assertThat(opened.status()).isEqualTo(302);
            assertThat(opened.header("Location")).isEqualTo("/inbox");
            assertThat(opened.header("Set-Cookie")).endsWith("; Path=/; HttpOnly; SameSite=Strict");
            String cookie = opened.header("Set-Cookie").replaceFirst(";.*", "");
            assertThat(get(emulator, "/inbox", "Cookie", "a=b; " + cookie).status())
                    .isEqualTo(200);
            assertThat(get(emulator, "/inbox?admin=guess", "X-None", "").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void G3_the_token_is_another_one_at_each_start() {
        try (DescopeEmulator one = exposed();
                DescopeEmulator other = exposed()) {
            assertThat(one.adminToken()).isNotEqualTo(other.adminToken());
        }
    }

    @Test
    void G3_beyond_loopback_only_the_names_that_were_said_are_answered_to() throws IOException {
        try (DescopeEmulator emulator = exposed()) {
            assertThat(emulator.baseUri())
                    .isEqualTo(URI.create(
                            "http://devbox.example:" + emulator.baseUri().getPort()));
            assertThat(statusFor("devbox.example", emulator)).isEqualTo(200);
            assertThat(statusFor("DEVBOX.example:80", emulator)).isEqualTo(200);
            assertThat(statusFor("evil.example", emulator)).isEqualTo(421);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"devbox:80", "http://devbox", "", "dev box", "*"})
    void a_host_name_that_is_none_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescopeEmulator.builder()
                        .bindAddress("0.0.0.0")
                        .exposedAs(name)
                        .start());
    }

    private static DescopeEmulator exposed() {
        return DescopeEmulator.builder()
                .bindAddress("0.0.0.0")
                .exposedAs("devbox.example")
                .start();
    }

    private static Answer get(DescopeEmulator emulator, String path, String header, String value) {
        return new Caller(emulator)
                .send(HttpRequest.newBuilder(local(emulator).resolve(path))
                        .header(header, value)
                        .build());
    }

    private static InetAddress ipv6Loopback() throws IOException {
        byte[] address = new byte[16];
        address[15] = 1;
        return InetAddress.getByAddress(address);
    }

    private static URI local(DescopeEmulator emulator) {
        return URI.create("http://127.0.0.1:" + emulator.baseUri().getPort());
    }

    private static int statusFor(String host, DescopeEmulator emulator) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), emulator.baseUri().getPort())) {
            String head = "GET /v2/keys/" + emulator.projectId() + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
