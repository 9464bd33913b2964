package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Requests that know their path and their headers, and nothing else. */
final class Requests {
    private Requests() {}

    static HttpServletRequest to(String path) {
        return request(path, Map.of());
    }

    static HttpServletRequest with(Map<String, String> headers) {
        return request("/", headers);
    }

    private static HttpServletRequest request(String path, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Requests.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletPath" -> path;
                    case "getPathInfo" -> null;
                    case "getHeader" -> headers.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
