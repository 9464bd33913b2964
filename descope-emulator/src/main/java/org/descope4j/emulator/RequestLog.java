package org.descope4j.emulator;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the newest 1,000 requests to Descope's paths, before anything becomes of them. Safe for use by several threads. */
final class RequestLog {
    static final int CAPACITY = 1_000;

    private final Deque<RecordedRequest> oldestFirst = new ArrayDeque<>();
    private final Clock clock;

    RequestLog(Clock clock) {
        this.clock = clock;
    }

    /** A handler that notes what passes through. */
    Handler before(Handler next) {
        return request -> {
            if (request.isForDescope()) {
                note(request);
            }
            return next.handle(request);
        };
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(oldestFirst);
    }

    synchronized void clear() {
        oldestFirst.clear();
    }

    private synchronized void note(Request request) {
        oldestFirst.addLast(new RecordedRequest(
                request.method(), request.path(), request.query(), request.headers(), request.body(), clock.instant()));
        if (oldestFirst.size() > CAPACITY) {
            oldestFirst.removeFirst();
        }
    }
}
