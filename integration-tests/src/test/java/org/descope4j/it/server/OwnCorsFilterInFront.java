package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.descope4j.it.server.RawExchange.PREFLIGHT;

import java.io.IOException;
import org.descope4j.it.variants.ApplicationCors;
import org.descope4j.it.variants.Vault;
import org.junit.jupiter.api.Test;

/** A CORS filter of the application before our filters, on whichever server. */
interface OwnCorsFilterInFront {
    @Test
    default void C25_a_cors_filter_of_the_application_in_front_of_ours_answers_itself() throws IOException {
        String page = "/" + VariantsWar.WITH_CORS_FILTER + "/secret/servlet/a HTTP/1.1\r\n";
        String partner = PREFLIGHT.replace("https://e.example", ApplicationCors.ORIGIN);

        assertThat(RawExchange.of("OPTIONS " + page + partner))
                .startsWith("HTTP/1.1 204")
                .containsIgnoringCase("allow-methods: GET, PUT");
        assertThat(RawExchange.of("OPTIONS " + page + PREFLIGHT))
                .startsWith("HTTP/1.1 403")
                .doesNotContain(Vault.WORD);
        assertThat(RawExchange.of("GET " + page + "Origin: " + ApplicationCors.ORIGIN + "\r\n"))
                .startsWith("HTTP/1.1 401")
                .containsIgnoringCase("allow-origin: " + ApplicationCors.ORIGIN)
                .doesNotContain(Vault.WORD);
    }
}
