package org.descope4j.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.http.Cookie;
import java.util.Collections;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TestRequestTest {

    @Test
    void a_request_says_what_it_was_given() {
        TestRequest request = TestRequest.get("/invoices")
                .parameter("year", "2026")
                .parameter("tag", "a&b")
                .parameter("tag", "ü")
                .header("Accept", "text/html")
                .header("X-Retries", "3")
                .header("If-Modified-Since", "Thu, 01 Jan 1970 00:00:01 GMT")
                .cookie("theme", "dark");
        request.setAttribute("seen", true);

        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getServletPath()).isEqualTo("/invoices").isEqualTo(request.getRequestURI());
        assertThat(request.getRequestURL()).hasToString("http://localhost/invoices");
        assertThat(request.getParameter("year")).isEqualTo("2026");
        assertThat(request.getParameterValues("tag")).containsExactly("a&b", "ü");
        assertThat(request.getParameterMap()).containsOnlyKeys("year", "tag");
        assertThat(request.getQueryString()).isEqualTo("year=2026&tag=a%26b&tag=%C3%BC");
        assertThat(request.getHeader("accept")).isEqualTo("text/html");
        assertThat(Collections.list(request.getHeaders("ACCEPT"))).containsExactly("text/html");
        assertThat(request.getIntHeader("x-retries")).isEqualTo(3);
        assertThat(request.getDateHeader("if-modified-since")).isEqualTo(1000);
        assertThat(request.getCookies())
                .singleElement()
                .extracting(Cookie::getValue)
                .isEqualTo("dark");
        assertThat(request.getAttribute("seen")).isEqualTo(true);
    }

    @Test
    void what_was_not_given_is_absent_as_the_servlet_specification_has_it() {
        TestRequest request = TestRequest.post("/invoices");

        assertThat(request.getQueryString()).isNull();
        assertThat(request.getParameter("year")).isNull();
        assertThat(request.getParameterValues("year")).isNull();
        assertThat(request.getHeader("Accept")).isNull();
        assertThat(request.getIntHeader("Accept")).isEqualTo(-1);
        assertThat(request.getDateHeader("Accept")).isEqualTo(-1);
        assertThat(request.getCookies()).isNull();
        assertThat(request.getSession(false)).isNull();
        assertThat(request.getAttribute("seen")).isNull();
    }

    @Test
    void what_takes_a_container_is_refused_with_what_to_do() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> TestRequest.get("/").getSession())
                .withMessageContaining("CurrentUser.in(request)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "invoices", "/invoices?year=2026"})
    void what_is_no_path_is_refused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRequest.get(path))
                .withMessageContaining("begins with /");
    }

    @Test
    void L1_the_text_of_a_request_shows_no_parameter() {
        assertThat(TestRequest.get("/verify").parameter("t", "secret")).hasToString("TestRequest[GET /verify]");
    }
}
