package org.descope4j.it.variants;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A CORS filter as applications have one: it answers preflights itself. Declared in web.xml only. */
public class ApplicationCors implements Filter {
    /** The only origin that may ask. */
    public static final String ORIGIN = "https://partner.example.com";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        boolean isPartner = ORIGIN.equals(asked.getHeader("Origin"));
        if (isPartner) {
            answer.setHeader("Access-Control-Allow-Origin", ORIGIN);
        }
        if (isPartner && asked.getMethod().equals("OPTIONS")) {
            answer.setHeader("Access-Control-Allow-Methods", "GET, PUT");
            answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        chain.doFilter(request, response);
    }
}
