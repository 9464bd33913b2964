package org.descope4j.test;

import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.MagicLinks;
import org.descope4j.Sessions;
import org.descope4j.TestUsers;
import org.descope4j.session.SessionValidator;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose validator needs nobody. Its calls fail as in production when Descope cannot be reached; the client for them is
 * made when first asked for, since that takes a second. Safe for use by several threads.
 */
final class OfflineDescope implements Descope {
    private final SessionValidator validator;
    private final DescopeSettings settings;
    private @Nullable Descope unreachable;

    OfflineDescope(SessionValidator validator, DescopeSettings settings) {
        this.validator = validator;
        this.settings = settings;
    }

    @Override
    public SessionValidator validator() {
        return validator;
    }

    @Override
    public MagicLinks magicLinks() {
        return unreachable().magicLinks();
    }

    @Override
    public Sessions sessions() {
        return unreachable().sessions();
    }

    @Override
    public TestUsers testUsers() {
        return unreachable().testUsers();
    }

    @Override
    public synchronized void close() {
        if (unreachable != null) {
            unreachable.close();
        }
    }

    private synchronized Descope unreachable() {
        if (unreachable == null) {
            unreachable = Descope.connect(settings);
        }
        return unreachable;
    }
}
