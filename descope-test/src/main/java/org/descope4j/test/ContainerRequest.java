package org.descope4j.test;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The request that beans see: in a server that of Arquillian's runner, with Weld SE that of {@link DescopeBeans}. Most tests have none.
 */
final class ContainerRequest {
    private static final boolean HAS_CDI = isPresent("jakarta.enterprise.inject.spi.CDI");

    private ContainerRequest() {}

    static Optional<HttpServletRequest> find() {
        return HAS_CDI ? Lookup.find(HttpServletRequest.class).filter(ContainerRequest::isServed) : Optional.empty();
    }

    /** The object that a container has instead of the one that the JUnit extension made. */
    static Optional<CurrentUser> findUser() {
        return HAS_CDI ? Lookup.find(CurrentUser.class) : Optional.empty();
    }

    private static boolean isServed(HttpServletRequest request) {
        try {
            request.getAttribute("");
            return true;
        } catch (IllegalStateException e) {
            return false; // Weld on a server, on a thread that serves no request
        } catch (RuntimeException e) {
            if (Lookup.isNoRequest(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, ContainerRequest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that nobody needs CDI on the class path who does not use it. */
    private static final class Lookup {
        private Lookup() {}

        static <T> Optional<T> find(Class<T> type) {
            try {
                Instance<T> found = CDI.current().select(type);
                return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
            } catch (IllegalStateException e) {
                return Optional.empty(); // no container is running
            }
        }

        static boolean isNoRequest(RuntimeException e) {
            return e instanceof ContextNotActiveException;
        }
    }
}
