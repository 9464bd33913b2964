package org.descope4j.recorded;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A recorded call made by our client: what it sent, and how it ended. */
final class Played {
    private final List<Request> sent;
    private final Outcome outcome;
    private final List<String> differences = new ArrayList<>();

    private Played(List<Request> sent, Outcome outcome) {
        this.sent = sent;
        this.outcome = outcome;
    }

    /**
     * Plays a call.
     *
     * @param sameCall the recordings of this very call, of one client or of both
     */
    static Played of(RecordedCall call, List<RecordedCall> sameCall, RecordedTokens tokens) {
        boolean isSignedHere = call.isDynamic() || call.operation().startsWith("token.");
        List<RecordedCall.Exchange> script = script(sameCall, tokens, isSignedHere);
        String keys = isSignedHere ? tokens.withOurKey(tokens.defaultKeys()) : tokens.defaultKeys();
        try (RecordedService service = new RecordedService(script, keys)) {
            Outcome outcome = Outcome.of(new OurCall(call, baseUri(call, service), tokens));
            Played played = new Played(told(service.requests()), outcome);
            played.compareRequests(sameCall, tokens, service.requests());
            Optional<JsonObject> lastAnswer = service.answered().stream().reduce((first, second) -> second);
            outcome.differsFrom(call, tokens, lastAnswer).ifPresent(played.differences::add);
            return played;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where our client did as a recorded one. */
    List<String> differences() {
        return differences;
    }

    /** What we did, in short. */
    String ours() {
        return outcome + ", " + sent.size() + (sent.size() == 1 ? " request" : " requests");
    }

    List<Request> sent() {
        return sent;
    }

    /** The script was the same for both clients: whoever asked more often saw more of it. */
    private static List<RecordedCall.Exchange> script(
            List<RecordedCall> sameCall, RecordedTokens tokens, boolean isSignedHere) {
        RecordedCall longest = sameCall.stream()
                .max(Comparator.comparingInt(call -> call.exchanges().size()))
                .orElseThrow();
        return longest.exchanges().stream()
                .map(exchange -> new RecordedCall.Exchange(exchange.request(), answer(exchange, tokens, isSignedHere)))
                .toList();
    }

    private static JsonObject answer(RecordedCall.Exchange exchange, RecordedTokens tokens, boolean isSignedHere) {
        JsonObject answer = tokens.filledIn(exchange.answer()).asJsonObject();
        return isSignedHere && exchange.request().isForKeys() ? tokens.withOurKey(answer) : answer;
    }

    private static String baseUri(RecordedCall call, RecordedService service) {
        return call.config()
                .getString("baseUrl")
                .replace("{BASE}", service.baseUri())
                .replace("{CLOSED}", "http://localhost:1");
    }

    /**
     * Without the fetches of keys, and with a question asked again at once taken for one: how often a REST client asks when connections
     * drop is its own business, and another test's.
     */
    private static List<Request> told(List<Request> requests) {
        List<Request> told = new ArrayList<>();
        for (Request request : requests) {
            boolean isRepeated =
                    request.method().equals("GET") && !told.isEmpty() && request.equals(told.get(told.size() - 1));
            if (!request.isForKeys() && !isRepeated) {
                told.add(request);
            }
        }
        return told;
    }

    private void compareRequests(List<RecordedCall> sameCall, RecordedTokens tokens, List<Request> all) {
        boolean isAsOneOfThem = sameCall.stream()
                .map(call -> told(call.exchanges().stream()
                        .map(exchange -> filledIn(exchange.request(), tokens))
                        .toList()))
                .anyMatch(sent::equals);
        if (!isAsOneOfThem) {
            differences.add("sent " + sent);
        }
        RecordedCall call = sameCall.get(0);
        String projectId = Pattern.quote(call.config().getString("projectId", ""));
        String authKey = Pattern.quote(call.config().getString("authManagementKey", ""));
        all.stream()
                .filter(Request::isForKeys)
                .filter(request -> !request.path().matches("(/.*)?/v2/keys/" + projectId)
                        || !request.authorization().matches("Bearer " + projectId + "(:" + authKey + ")?"))
                .forEach(request -> differences.add("asked for keys by " + request));
    }

    private static Request filledIn(Request request, RecordedTokens tokens) {
        return new Request(
                request.method(),
                request.path(),
                request.query(),
                tokens.filledIn(request.authorization()),
                tokens.filledIn(request.body()));
    }
}
