package org.descope4j.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults to come, in their order. Safe for use by several threads. */
final class FaultQueue {
    private final List<Fault> pending = new ArrayList<>();

    synchronized void add(Fault fault) {
        pending.add(fault);
    }

    /** The first fault that befalls the request; it is gone then, once more of its times. */
    synchronized Optional<Fault> take(Request request) {
        for (int index = 0; index < pending.size(); index++) {
            Fault fault = pending.get(index);
            if (fault.befalls(request)) {
                if (fault.times() == 1) {
                    pending.remove(index);
                } else {
                    pending.set(index, fault.times(fault.times() - 1));
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    synchronized List<Fault> pending() {
        return List.copyOf(pending);
    }

    synchronized void clear() {
        pending.clear();
    }
}
