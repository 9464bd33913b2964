package org.descope4j.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.jspecify.annotations.Nullable;

/** What an application may have had before: the container's form login, or a filter that believes a header. */
final class FormLogin {
    private FormLogin() {}

    static void addTo(Context context) {
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addAuthRole("editor");
        SecurityCollection legacy = new SecurityCollection();
        legacy.addPattern("/legacy/desk");
        constraint.addCollection(legacy);
        context.addConstraint(constraint);
        context.addSecurityRole("editor");
        context.setLoginConfig(new LoginConfig("FORM", null, "/legacy/login", "/legacy/login"));
        context.setRealm(new OneClerk());
        context.getPipeline().addValve(new FormAuthenticator());
    }

    static void addFilterTo(ServletContext context) {
        context.addServlet("login-page", new LoginPage()).addMapping("/legacy/login");
        context.addFilter("believes-a-header", new BelievesAHeader())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static final class OneClerk extends RealmBase {
        @Override
        protected String getPassword(String name) {
            return name.equals("clerk") ? "secret" : "";
        }

        @Override
        protected Principal getPrincipal(String name) {
            return new GenericPrincipal(name, List.of("editor"));
        }

        @Override
        public @Nullable Principal authenticate(String name, String password) {
            return name.equals("clerk") && password.equals("secret") ? getPrincipal(name) : null;
        }
    }

    private static final class LoginPage extends jakarta.servlet.http.HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("<form action='j_security_check'>");
        }
    }

    private static final class BelievesAHeader extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String user = request.getHeader("X-Test-User");
            chain.doFilter(user == null ? request : new Believed(request, user), response);
        }
    }

    private static final class Believed extends HttpServletRequestWrapper {
        private final String user;

        Believed(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }

        @Override
        public String getRemoteUser() {
            return user;
        }

        @Override
        public String getAuthType() {
            return "TEST";
        }
    }
}
