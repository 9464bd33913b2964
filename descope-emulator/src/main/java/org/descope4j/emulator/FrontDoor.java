package org.descope4j.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Turns exchanges into requests, and answers and failures into exchanges. */
final class FrontDoor implements HttpHandler {
    static final int BODY_LIMIT = 64 * 1024;
    /** Of a body that is refused. */
    private static final int MOST_SKIPPED = 1024 * 1024;

    private static final int NO_BODY = -1;
    private static final Logger LOGGER = System.getLogger(FrontDoor.class.getName());

    private final Handler next;

    FrontDoor(Handler next) {
        this.next = next;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Response response = answer(exchange);
            if (response.delivery() != Delivery.DROPPED) {
                write(exchange, response);
            }
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        try {
            return next.handle(Request.of(exchange, readBody(exchange)));
        } catch (Refusal e) {
            LOGGER.log(
                    Level.DEBUG,
                    "{0} {1}: {2}",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    e.getMessage());
            return e.response();
        } catch (RuntimeException e) {
            // the last resort: a client must get an answer whatever went wrong here
            LOGGER.log(
                    Level.ERROR,
                    "The emulator failed to answer " + exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getRawPath(),
                    e);
            return Refusal.internalError().response();
        }
    }

    private static String readBody(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        byte[] bytes = body.readNBytes(BODY_LIMIT + 1);
        if (bytes.length > BODY_LIMIT) {
            // or the connection is reset, and a client that still sends does not see the answer
            byte[] unused = body.readNBytes(MOST_SKIPPED);
            throw Refusal.bodyTooLarge(BODY_LIMIT);
        }
        return decode(bytes);
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.malformed("The body is not UTF-8");
        }
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
        response.headers().forEach(exchange.getResponseHeaders()::put);
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        boolean isBodiless = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(response.status(), isBodiless ? NO_BODY : bytes.length);
        if (!isBodiless) {
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes, 0, response.delivery() == Delivery.CUT_OFF ? bytes.length / 2 : bytes.length);
                body.flush();
            }
        }
    }
}
