package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.descope4j.Descope;
import org.jspecify.annotations.Nullable;

/**
 * The web applications that share this container: one, or all of an EAR with our jars in its {@code lib}. Knows which of them calls.
 * Thread-safe.
 */
@ApplicationScoped
class RunningApplications {
    private final Set<ServletContext> running = ConcurrentHashMap.newKeySet();
    private final @Nullable Instance<HttpServletRequest> requests;

    /** For the container's proxy. */
    protected RunningApplications() {
        this.requests = null;
    }

    /** @param requests looked for at a call only, so that a container without servlets starts nevertheless */
    @Inject
    RunningApplications(Instance<HttpServletRequest> requests) {
        this.requests = requests;
    }

    /** It starts; its end is the container's. */
    void add(ServletContext application) {
        running.add(application);
    }

    /**
     * The connection of the application that the calling thread works for. In the end that is the only one there is; where there are
     * several, none is guessed.
     *
     * @throws IllegalStateException if the application has none, or nobody can tell which application it is
     */
    Descope connection() {
        Optional<ServletContext> caller = ServedRequest.current()
                .map(ServedRequest::application)
                .or(this::ofRequestScope)
                .or(this::ofThread);
        if (caller.isPresent()) {
            return connectionOf(caller.get()).orElseThrow(RunningApplications::notConnected);
        }
        List<Descope> all =
                running.stream().flatMap(one -> connectionOf(one).stream()).toList();
        if (all.size() > 1) {
            throw new IllegalStateException(
                    "Several applications with a connection to Descope share this bean, and this"
                            + " thread works for none of them: call magicLinks(), sessions() or validator() while a request is"
                            + " being served, and hand what they return to the thread; or take a thread of the server's"
                            + " ManagedExecutorService");
        }
        return all.stream().findFirst().orElseThrow(RunningApplications::notConnected);
    }

    private Optional<ServletContext> ofRequestScope() {
        try {
            return requests != null && requests.isResolvable()
                    ? Optional.ofNullable(requests.get().getServletContext())
                    : Optional.empty();
        } catch (ContextNotActiveException | IllegalStateException e) {
            // a thread without a request; with a request scope all the same, such as a timer's, some containers throw
            // the latter
            return Optional.empty();
        }
    }

    /** By its context class loader: threads of the server's executors and timers have that of their application. */
    private Optional<ServletContext> ofThread() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        while (loader != null) {
            ClassLoader sought = loader;
            Optional<ServletContext> found = running.stream()
                    .filter(one -> sought.equals(one.getClassLoader()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            loader = loader.getParent();
        }
        return Optional.empty();
    }

    private static Optional<Descope> connectionOf(ServletContext application) {
        return application.getAttribute(Descope.class.getName()) instanceof Descope descope
                ? Optional.of(descope)
                : Optional.empty();
    }

    private static IllegalStateException notConnected() {
        return new IllegalStateException(
                "There is no connection to Descope: its filters are switched off (descope.auto-register), did not"
                        + " start yet, or there is no servlet container");
    }
}
