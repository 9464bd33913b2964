package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VisitTest {
    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch, PREFETCH",
        "Sec-Purpose, PREFETCH;prerender, PREFETCH",
        "Sec-Purpose, prerender, PREFETCH",
        "Purpose, Prefetch, PREFETCH",
        "Purpose, preview, PREFETCH",
        "X-Purpose, Preview, PREFETCH",
        "X-Purpose, prefetch, PREFETCH",
        "X-Moz, PreFetch, PREFETCH",
        "Sec-Fetch-Dest, document, PERSON",
        "Sec-Fetch-Dest, iframe, PART",
        "Sec-Fetch-Dest, image, PART",
        "Sec-Fetch-Dest, script, PART",
        "Sec-Fetch-Dest, empty, PART",
        "Sec-Fetch-Mode, navigate, PERSON",
        "Sec-Fetch-Mode, cors, PART",
        "Sec-Fetch-Mode, no-cors, PART",
        "Accept, */*, PERSON"
    })
    void V3_only_a_person_going_there_is_a_visit(String header, String value, Visit visit) {
        assertThat(Visit.of(Requests.with(Map.of(header, value)))).isEqualTo(visit);
    }

    @Test
    void V3b_a_navigation_handed_on_by_a_service_worker_is_one_and_a_fetch_is_not() {
        assertThat(Visit.of(Requests.with(Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "empty"))))
                .isEqualTo(Visit.HANDED_ON);
        assertThat(Visit.of(Requests.with(Map.of("Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"))))
                .isEqualTo(Visit.PART);
        assertThat(Visit.of(Requests.with(Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"))))
                .isEqualTo(Visit.PART);
    }
}
