package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
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

    /** Of a peer, with these headers. */
    static HttpServletRequest from(String address, Map<String, String> headers) {
        return request("/", address, headers);
    }

    /** Of a peer, with one header. */
    static HttpServletRequest from(String address, String header, String value) {
        return request("/", address, Map.of(header, value));
    }

    private static HttpServletRequest request(String path, Map<String, String> headers) {
        return request(path, "127.0.0.1", headers);
    }

    private static HttpServletRequest request(String path, String address, Map<String, String> headers) {
        return request(path, address, headers, new ApplicationParts().context());
    }

    /** To a path of an application with such parts. */
    static HttpServletRequest to(String path, ApplicationParts application) {
        return request(path, "127.0.0.1", Map.of(), application.context());
    }

    private static HttpServletRequest request(
            String path, String address, Map<String, String> headers, ServletContext application) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Requests.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletPath" -> path;
                    case "getPathInfo", "getUserPrincipal" -> null;
                    case "getMethod" -> "GET";
                    case "getServletContext" -> application;
                    case "getRemoteAddr" -> address;
                    case "getHeader" -> headers.get(arguments[0]);
                    case "getHeaders" ->
                        Collections.enumeration(
                                headers.containsKey(arguments[0]) ? List.of(headers.get(arguments[0])) : List.of());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
