package org.descope4j.cdi;

import org.descope4j.Descope;
import org.descope4j.MagicLinks;
import org.descope4j.Sessions;
import org.descope4j.TestUsers;
import org.descope4j.session.SessionValidator;

/**
 * The connection of whatever application calls, looked for at each call: applications of one EAR may share this object, and each has
 * a project of its own (F3). Immutable.
 */
final class InjectedDescope implements Descope {
    private final RunningApplications applications;

    InjectedDescope(RunningApplications applications) {
        this.applications = applications;
    }

    @Override
    public MagicLinks magicLinks() {
        return applications.connection().magicLinks();
    }

    @Override
    public Sessions sessions() {
        return applications.connection().sessions();
    }

    @Override
    public SessionValidator validator() {
        return applications.connection().validator();
    }

    @Override
    public TestUsers testUsers() {
        return applications.connection().testUsers();
    }

    /** Does nothing: the connection is the application's, whose filters go on to use it, and it is closed when the application ends. */
    @Override
    public void close() {}
}
