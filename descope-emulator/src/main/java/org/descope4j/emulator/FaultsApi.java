package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import java.time.Duration;
import java.util.Set;

/** Faults on command, for tests in any language. */
final class FaultsApi {
    private static final String PATH = "/_emulator/faults";
    private static final Set<String> FIELDS =
            Set.of("fault", "retryAfter", "status", "delay", "times", "path", "afterObeying");

    private final FaultQueue faults;

    FaultsApi(FaultQueue faults) {
        this.faults = faults;
    }

    void addTo(Router router) {
        router.get(PATH, request -> pending()).post(PATH, this::add).delete(PATH, request -> clear());
    }

    private Response pending() {
        JsonArrayBuilder array = Json.array();
        faults.pending()
                .forEach(fault -> array.add(Json.object()
                        .add("fault", fault.name())
                        .add("times", fault.times())
                        .add("path", fault.path())));
        return Response.json(array.build());
    }

    private Response add(Request request) {
        Body body = Body.of(request).allowingOnly(FIELDS);
        try {
            Fault fault = kind(body)
                    .times(body.number("times", 1))
                    .at(body.text("path").orElse("/"));
            faults.add(body.flag("afterObeying") ? fault.afterObeying() : fault);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidArgument(String.valueOf(e.getMessage()));
        }
        return pending();
    }

    private static Fault kind(Body body) {
        String name = body.text("fault").orElse("");
        return switch (name) {
            case "rateLimited" -> Fault.rateLimited(body.duration("retryAfter").orElse(Duration.ofSeconds(1)));
            case "status" -> Fault.status(body.number("status", 500));
            case "slow" ->
                Fault.slow(body.duration("delay")
                        .orElseThrow(() -> Refusal.missingArgument("delay must be a duration like PT2S")));
            case "cutOff" -> Fault.cutOff();
            case "dropped" -> Fault.dropped();
            case "notJson" -> Fault.notJson();
            default ->
                throw Refusal.invalidArgument(
                        "fault is rateLimited, status, slow, cutOff, dropped or notJson, not \"" + name + "\"");
        };
    }

    private Response clear() {
        faults.clear();
        return pending();
    }
}
