package org.descope4j.emulator;

/** Lets faults befall requests to Descope's paths; the emulator's own are spared. */
final class Misbehaviour implements Handler {
    private final FaultQueue faults;
    private final Handler next;

    Misbehaviour(FaultQueue faults, Handler next) {
        this.faults = faults;
        this.next = next;
    }

    @Override
    public Response handle(Request request) {
        if (!request.isForDescope()) {
            return next.handle(request);
        }
        return faults.take(request)
                .map(fault -> fault.disturb(() -> answer(request)))
                .orElseGet(() -> next.handle(request));
    }

    private Response answer(Request request) {
        try {
            return next.handle(request);
        } catch (Refusal e) {
            return e.response();
        }
    }
}
