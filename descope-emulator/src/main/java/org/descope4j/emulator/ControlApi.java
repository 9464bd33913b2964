package org.descope4j.emulator;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the emulator as a whole offers beyond Descope, to tests in any language: the messages, the clock, starting afresh. */
final class ControlApi {
    private final DescopeEmulator emulator;
    private final EmulatorClock clock;

    ControlApi(DescopeEmulator emulator, EmulatorClock clock) {
        this.emulator = emulator;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.get("/_emulator/messages", this::messages)
                .get("/_emulator/clock", request -> time())
                .post("/_emulator/clock", this::advanceClock)
                .post("/_emulator/reset", request -> reset());
    }

    private Response messages(Request request) {
        List<Message> messages =
                request.parameter("to").map(emulator.projects()::messagesTo).orElseGet(emulator.projects()::messages);
        String projectId = request.parameter("project").orElse("");
        JsonArrayBuilder array = Json.array();
        messages.stream()
                .filter(message -> projectId.isEmpty() || projectId.equals(message.projectId()))
                .forEach(message -> array.add(json(message)));
        return Response.json(array.build());
    }

    private static JsonObject json(Message message) {
        JsonObjectBuilder templateOptions = Json.object();
        message.templateOptions().forEach(templateOptions::add);
        return Json.object()
                .add("to", message.to())
                .add("deliveryMethod", message.deliveryMethod())
                .add("link", message.link().toString())
                .add("token", message.token())
                .add("template", message.template())
                .add("templateOptions", templateOptions)
                .add("locale", message.locale())
                .add("sentAt", message.sentAt().toString())
                .add("purpose", message.purpose())
                .add("projectId", message.projectId())
                .build();
    }

    private Response time() {
        return Response.json(
                Json.object().add("now", clock.instant().toString()).build());
    }

    private Response advanceClock(Request request) {
        Duration step = Body.of(request)
                .allowingOnly(Set.of("advance"))
                .duration("advance")
                .orElseThrow(() -> Refusal.missingArgument("advance must be a duration like PT10M"));
        try {
            clock.advance(step);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidArgument("The clock moves forward only");
        }
        return time();
    }

    private Response reset() {
        emulator.reset();
        return Response.json(JsonValue.EMPTY_JSON_OBJECT);
    }
}
