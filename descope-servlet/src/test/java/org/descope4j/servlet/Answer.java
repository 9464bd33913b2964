package org.descope4j.servlet;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server answered. */
record Answer(int status, Map<String, List<String>> headers, String body) {
    static Answer of(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.headers().map());
        return new Answer(response.statusCode(), headers, response.body());
    }

    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    List<String> setCookies() {
        return headers.getOrDefault("Set-Cookie", List.of());
    }

    /** The Set-Cookie line of one cookie; empty when that is not set. */
    String setCookie(String name) {
        return setCookies().stream()
                .filter(line -> line.startsWith(name + "="))
                .findFirst()
                .orElse("");
    }

    String location() {
        return header("Location");
    }

    /** The value of a hidden field of the page. */
    String hidden(String name) {
        Matcher matcher =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
        if (!matcher.find()) {
            throw new AssertionError("No hidden field " + name + " in a page of status " + status);
        }
        return matcher.group(1).replace("&#61;", "=").replace("&amp;", "&").replace("&#43;", "+");
    }

    String everything() {
        return status + " " + headers + "\n" + body;
    }
}
