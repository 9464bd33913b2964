package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.List;

/**
 * Makes the seals of one application. Applications that share a secret and a project cannot open each other's: a sign-in belongs to the
 * application that decided it (N4). Immutable and thread-safe.
 *
 * <p>An application is known by its project, its configured public URL and its context path. These are the same on all of its nodes and
 * after a redeploy, and differ between the applications of an EAR (context path) and between hosts (public URL).
 */
final class ApplicationSeals {
    private final List<String> secrets;
    private final String application;

    /**
     * @param secrets at least one; the first seals
     * @param application what no other application is called
     */
    ApplicationSeals(List<String> secrets, String application) {
        this.secrets = List.copyOf(secrets);
        this.application = application;
    }

    static ApplicationSeals of(ServletSettings settings, ServletContext context) {
        // none of the three can hold a line break
        String application = String.join(
                "\n", settings.descope().projectId(), settings.publicUrl().normalised(), context.getContextPath());
        return new ApplicationSeals(settings.secrets(), application);
    }

    /**
     * @param purpose what the sealed text is for; nothing sealed for one is accepted for another
     */
    Seal forPurpose(String purpose) {
        return Seal.of(secrets, purpose + "\n" + application);
    }
}
