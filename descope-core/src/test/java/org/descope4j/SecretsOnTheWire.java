package org.descope4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.descope4j.session.Secrets;

/** Remembers every secret that any test of this process sends to a service or gets from one. Found by the REST client by itself. */
@Provider
public final class SecretsOnTheWire implements ClientRequestFilter, ClientResponseFilter {
    private static final Pattern SECRET_MEMBER = Pattern.compile(
            "\"(?:token|sessionJwt|refreshJwt|externalToken|trustedDeviceJwt|cleartext|key)\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]++){1,4}");
    /** Of a link only its token is a secret: it begins like every address of this machine. */
    private static final Pattern TOKEN_OF_A_LINK = Pattern.compile("[?&]t=([A-Za-z0-9_~.-]+)");

    private static final Pattern AFTER_THE_NAME = Pattern.compile("^[^=]*=([^;]*)");

    @Override
    public void filter(ClientRequestContext request) {
        List<Object> credentials = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        credentials.forEach(credential -> rememberCredential(credential.toString()));
        if (request.getEntity() instanceof byte[] body) {
            rememberBody(new String(body, UTF_8));
        }
    }

    /** What stands behind the project ID, which is no secret. */
    private static void rememberCredential(String credential) {
        String[] parts = credential.split(":", -1);
        for (int i = 1; i < parts.length; i++) {
            Secrets.used(parts[i]);
        }
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        response.getHeaders()
                .getOrDefault(HttpHeaders.SET_COOKIE, List.of())
                .forEach(cookie ->
                        AFTER_THE_NAME.matcher(cookie).results().forEach(match -> Secrets.used(match.group(1))));
        // not hasEntity: RESTEasy refuses a Content-Type there that it cannot read
        if (response.getEntityStream() != null) {
            response.setEntityStream(new Overheard(response.getEntityStream()));
        }
    }

    private static void rememberBody(String body) {
        SECRET_MEMBER.matcher(body).results().forEach(match -> Secrets.used(match.group(1)));
        TOKEN_OF_A_LINK.matcher(body).results().forEach(match -> Secrets.used(match.group(1)));
        JWT.matcher(body).results().forEach(match -> Secrets.used(match.group()));
    }

    /** Passes on what comes when it comes, and looks at it afterwards. */
    private static final class Overheard extends FilterInputStream {
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Overheard(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                heard.write(next);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                heard.write(bytes, offset, count);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            rememberBody(heard.toString(UTF_8));
            super.close();
        }
    }
}
