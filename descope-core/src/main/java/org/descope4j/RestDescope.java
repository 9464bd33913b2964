package org.descope4j;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.descope4j.session.KeySource;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.SessionValidator;
import org.descope4j.session.TokenRules;

/** {@link Descope} over the Jakarta REST client and JSON-B: puts the parts together and holds them. */
final class RestDescope implements Descope {
    /**
     * Jersey's connector on {@code java.net.http}, which sends a POST once and keeps the body of every answer; its default one on
     * {@code HttpURLConnection} cannot do both. A server's own Jersey may come without it.
     */
    private static final String JERSEY_ON_JAVA_HTTP = "org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider";

    /** It knows a time limit for each call; the others have one for each client. */
    private static final String JERSEY = "org.glassfish.jersey.";

    private final MagicLinks magicLinks;
    private final Sessions sessions;
    private final SessionValidator validator;
    private final TestUsers testUsers;
    private final Transport transport;
    private final RefreshCalls refreshCalls;
    private final Runnable closeClient;

    private RestDescope(DescopeSettings settings, Client client, Client patientClient, Runnable closeClient) {
        this.closeClient = closeClient;
        JsonBodies json = new JsonBodies();
        Places places = new Places(settings.maxConcurrentCalls());
        transport = new Transport(settings, client, patientClient, json, places);
        refreshCalls = new RefreshCalls(settings.readTimeout(), places, settings.maxConcurrentCalls());
        ApiGateway gateway = new ApiGateway(settings, transport, json);
        KeySource keys = KeySource.caching(() -> keysOf(gateway), settings.clock());
        validator = SessionValidator.of(rulesOf(settings), keys, settings.clock(), settings.rememberedTokens());
        AnswerJudge judge = new AnswerJudge(validator);
        magicLinks = new RestMagicLinks(gateway, judge);
        sessions = new RestSessions(gateway, judge, refreshCalls);
        testUsers = new RestTestUsers(gateway);
    }

    static RestDescope withOwnClient(DescopeSettings settings) {
        Client client = newClient(settings, settings.readTimeout());
        if (client.getClass().getName().startsWith(JERSEY)) {
            return new RestDescope(settings, client, client, client::close);
        }
        Client patientClient = newClient(settings, RefreshCalls.LONGEST);
        return new RestDescope(settings, client, patientClient, () -> {
            client.close();
            patientClient.close();
        });
    }

    private static Client newClient(DescopeSettings settings, Duration readTimeout) {
        ClientBuilder builder = ClientBuilder.newBuilder()
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .property("jersey.config.client.followRedirects", false);
        if (isPresent(JERSEY_ON_JAVA_HTTP)) {
            builder.property("jersey.config.client.connector.provider", JERSEY_ON_JAVA_HTTP);
        }
        return builder.build();
    }

    static RestDescope withClientOf(DescopeSettings settings, Client client) {
        requireNonNull(client, "client");
        return new RestDescope(settings, client, client, () -> {});
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, RestDescope.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static TokenRules rulesOf(DescopeSettings settings) {
        TokenRules.Builder rules = TokenRules.builder(settings.projectId(), settings.baseUri())
                .leeway(settings.leeway())
                .algorithms(settings.algorithms());
        if (!settings.audiences().isEmpty()) {
            rules.audiences(settings.audiences());
        }
        return rules.build();
    }

    private static byte[] keysOf(ApiGateway gateway) {
        try {
            return gateway.keys();
        } catch (RefusedByDescopeException e) {
            throw new KeysUnavailableException(
                    "Descope does not hand out the keys of this project (HTTP " + e.status() + ", " + e.errorCode()
                            + "); check the project ID and that the base URL is of its region",
                    e);
        } catch (DescopeException e) {
            throw new KeysUnavailableException("Descope's keys could not be fetched: " + e.getMessage(), e);
        }
    }

    @Override
    public MagicLinks magicLinks() {
        return magicLinks;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public SessionValidator validator() {
        return validator;
    }

    @Override
    public TestUsers testUsers() {
        return testUsers;
    }

    @Override
    public void close() {
        transport.close();
        refreshCalls.close();
        closeClient.run();
    }
}
