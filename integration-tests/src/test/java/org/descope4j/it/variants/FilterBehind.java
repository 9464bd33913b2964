package org.descope4j.it.variants;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

/** A filter of the application behind ours, which answers by itself. */
@WebFilter("/secret/filtered/*")
public class FilterBehind implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(Vault.WORD);
    }
}
