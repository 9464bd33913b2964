package org.descope4j.emulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The projects of an emulator. Requests to Descope's paths go to the project that they name. Safe for use by several threads. */
final class Projects implements Handler {
    private final List<EmulatedProject> projects = new ArrayList<>();
    private final URI baseUri;
    private final EmulatorClock clock;
    private final int countAtStart;

    Projects(List<NewProject> plans, URI baseUri, EmulatorClock clock) {
        this.baseUri = baseUri;
        this.clock = clock;
        plans.forEach(this::add);
        this.countAtStart = plans.size();
    }

    synchronized EmulatedProject add(NewProject plan) {
        if (find(plan.id()).isPresent()) {
            throw new IllegalArgumentException("There is a project " + plan.id() + " already");
        }
        EmulatedProject project = new EmulatedProject(plan, baseUri, clock);
        projects.add(project);
        return project;
    }

    synchronized EmulatedProject first() {
        return projects.get(0);
    }

    synchronized Optional<EmulatedProject> find(String id) {
        return projects.stream().filter(project -> project.id().equals(id)).findFirst();
    }

    synchronized List<EmulatedProject> all() {
        return List.copyOf(projects);
    }

    /** The messages of all projects, newest first. */
    List<Message> messages() {
        return newestFirst(all().stream().flatMap(project -> project.inbox().messages().stream()));
    }

    /** The messages of all projects to one person, newest first. */
    List<Message> messagesTo(String to) {
        return newestFirst(all().stream().flatMap(project -> project.inbox().messages(to).stream()));
    }

    boolean hasOpenLink(Message message) {
        return find(message.projectId())
                .filter(project -> project.hasOpenLink(message.token()))
                .isPresent();
    }

    /** Messages of one moment stay in the order in which their inbox has them. */
    private static List<Message> newestFirst(Stream<Message> messages) {
        return messages.sorted(Comparator.comparing(Message::sentAt).reversed()).toList();
    }

    /** Drops the projects that came later, and resets the others. */
    synchronized void reset() {
        projects.subList(countAtStart, projects.size()).clear();
        projects.forEach(EmulatedProject::reset);
    }

    /** A request that names no project of these goes to the first one, which refuses it like any stranger's. */
    @Override
    public Response handle(Request request) {
        return KeysApi.projectId(request)
                .or(() -> Authorization.projectId(request))
                .flatMap(this::find)
                .orElseGet(this::first)
                .router()
                .handle(request);
    }
}
