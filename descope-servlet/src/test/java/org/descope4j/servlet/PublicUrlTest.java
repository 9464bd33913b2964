package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicUrlTest {

    static Stream<JsonObject> cases() {
        return Corpus.list("config_cases", "redirectUri").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void S4_the_corpus_of_redirect_addresses_is_judged_as_it_says(JsonObject given) {
        String address = given.getString("redirectUri");

        if (given.getString("expected").equals("accept")) {
            assertThat(PublicUrl.of(address)).hasToString(address);
            return;
        }
        assertThatThrownBy(() -> PublicUrl.of(address))
                .as(given.getString("reason"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("descope.public-url");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/shop, https://app.example.com",
        "https://app.example.com:443/shop/, https://app.example.com",
        "https://app.example.com:8443, https://app.example.com:8443",
        "http://localhost:8080/app, http://localhost:8080"
    })
    void V6_its_origin_is_what_browsers_send(String address, String origin) {
        assertThat(PublicUrl.of(address).origin(Requests.to("/"))).isEqualTo(origin);
    }
}
