package org.descope4j.cdi;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the calling thread serves at this moment: a request, and the application that was asked. CDI's request scope does not always
 * tell, since some servers do not open it for asynchronous dispatches, or for the error page after one. Immutable.
 *
 * <p>The only thing in this library that stays with a thread, and only from the beginning of a dispatch to its end (C19).
 */
record ServedRequest(HttpServletRequest request, ServletContext application) {
    private static final ThreadLocal<ServedRequest> CURRENT = new ThreadLocal<>();

    /** Absent in threads that serve no request, and in front of our filter. */
    static Optional<ServedRequest> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * The thread serves this from now on.
     *
     * @return what it goes on with after a forward or an include, to be given back to {@link #end}
     */
    static @Nullable ServedRequest begin(ServedRequest served) {
        ServedRequest outer = CURRENT.get();
        CURRENT.set(served);
        return outer;
    }

    static void end(@Nullable ServedRequest outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
