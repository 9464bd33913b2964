package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SameOriginTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "same-origin, null, true",
        "same-origin, https://app.example.com, true",
        "none, '', true",
        "same-site, https://app.example.com, false",
        "cross-site, https://app.example.com, false",
        "SAME-ORIGIN, '', false",
        "'', https://app.example.com, true",
        "'', null, false",
        "'', https://evil.example, false",
        "'', http://app.example.com, false",
        "'', https://app.example.com.evil.example, false"
    })
    void V6_V7_a_post_is_judged_by_what_the_browser_says_of_its_origin(String site, String origin, boolean allowed) {
        Map<String, String> headers = new HashMap<>();
        if (!site.isEmpty()) {
            headers.put("Sec-Fetch-Site", site);
        }
        if (!origin.isEmpty()) {
            headers.put("Origin", origin);
        }

        assertThat(SameOrigin.allowsPost(Requests.with(headers), "https://app.example.com"))
                .isEqualTo(allowed);
    }
}
