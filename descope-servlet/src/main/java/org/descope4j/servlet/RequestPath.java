package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of a request below the context path, as the container normalised and decoded it; nothing else decides (C17). Where a
 * server leaves a spelling in it that the application behind may read as another path, that other path counts too.
 */
final class RequestPath {
    private static final int DECODINGS = 3;
    /** What is special in a path is ASCII. */
    private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9A-Fa-f])");

    private static final Set<String> DIRECTORY_ENDS = Set.of("", ".", "..");

    private RequestPath() {}

    /** As the container has it. */
    static String of(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }

    /** As the container has it, and as a router may read it: without escapes, parameters, dot segments and superfluous slashes. */
    static List<String> readings(HttpServletRequest request) {
        String path = of(request);
        return Stream.of(path, plain(path)).distinct().toList();
    }

    /** The readings, and the other addresses of the page that they lead to. */
    static List<String> addresses(HttpServletRequest request) {
        List<String> readings = readings(request);
        return Stream.concat(readings.stream(), PageAddresses.beside(readings, request).stream())
                .toList();
    }

    /** Those of the readings that a server may take for a directory, each with a slash at its end. */
    static Set<String> directories(List<String> readings) {
        Set<String> directories = new LinkedHashSet<>();
        for (String path : readings) {
            String plainSlashes = decoded(path).replace('\\', '/');
            String end = plainSlashes.substring(plainSlashes.lastIndexOf('/') + 1);
            if (DIRECTORY_ENDS.contains(end.split(";", 2)[0])) {
                String plain = plain(path);
                directories.add(plain.endsWith("/") ? plain : plain + "/");
            }
        }
        return directories;
    }

    private static String plain(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decoded(path).replace('\\', '/').split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.addLast(name);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** Some servers leave an escaped slash as it is, and a router behind them may not. */
    private static String decoded(String path) {
        String decoded = path;
        for (int pass = 0; pass < DECODINGS && decoded.indexOf('%') >= 0; pass++) {
            decoded = ESCAPE.matcher(decoded)
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        }
        return decoded;
    }
}
