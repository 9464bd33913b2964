package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.descope4j.TlsServer.Certificate;
import org.descope4j.session.KeysUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom we talk to over TLS, and whom not. What is refused hears of no credential: nothing is sent over a connection like that. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class TlsTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify");
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    private static Path directory;

    private static Certificate authority;
    private static Certificate good;
    private static Certificate ofAnotherHost;
    private static Certificate expired;
    private static Certificate selfSigned;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = Certificate.ofAuthority(directory.resolve("authority.p12"));
        good = authority.signs(directory.resolve("good.p12"), "localhost", "-1d", 5);
        ofAnotherHost = authority.signs(directory.resolve("another-host.p12"), "api.descope.com", "-1d", 5);
        expired = authority.signs(directory.resolve("expired.p12"), "localhost", "-10d", 5);
        selfSigned = Certificate.selfSigned(directory.resolve("self-signed.p12"), "localhost");
    }

    @BeforeEach
    void trust() {
        System.setProperty(TRUST_STORE, authority.file().toString());
        System.setProperty(TRUST_STORE_PASSWORD, Certificate.PASSWORD);
    }

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    @Test
    void K12_a_host_with_a_valid_certificate_that_is_trusted_is_talked_to() throws Exception {
        try (TlsServer server = TlsServer.with(good);
                Descope descope = connect(server)) {
            assertThatCode(() -> signUpOrIn(descope)).doesNotThrowAnyException();
            assertThat(server.heard()).contains("Authorization: Bearer " + PROJECT_ID);
        }
    }

    @Test
    void K12_a_self_signed_certificate_is_refused() throws Exception {
        assertRefused(TlsServer.with(selfSigned));
    }

    @Test
    void K12_a_certificate_of_another_host_is_refused() throws Exception {
        assertRefused(TlsServer.with(ofAnotherHost));
    }

    @Test
    void K12_an_expired_certificate_is_refused() throws Exception {
        assertRefused(TlsServer.with(expired));
    }

    @Test
    void K12_a_server_that_knows_TLS_1_1_at_most_is_refused() throws Exception {
        assertRefused(TlsServer.choosingTls11());
    }

    @Test
    void K12_K18_a_server_that_speaks_plain_http_where_https_is_configured_is_refused() throws Exception {
        assertRefused(TlsServer.withoutTls());
    }

    private static void assertRefused(TlsServer offering) throws IOException {
        try (TlsServer server = offering;
                Descope descope = connect(server)) {
            assertThatThrownBy(() -> signUpOrIn(descope)).isInstanceOf(DescopeUnavailableException.class);
            assertThatThrownBy(() -> descope.validator().requireKeys()).isInstanceOf(KeysUnavailableException.class);

            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.heard()).doesNotContain("Authorization", PROJECT_ID);
        }
    }

    private static void signUpOrIn(Descope descope) {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
    }

    private static Descope connect(TlsServer server) {
        return Descope.connect(DescopeSettings.forProject(PROJECT_ID)
                .baseUri("https://localhost:" + server.port())
                .readTimeout(Duration.ofSeconds(10))
                .build());
    }
}
