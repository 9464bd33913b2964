package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Says that a link signs nobody in any more. Used, expired and unknown look the same (V11). Whoever is signed in reads that they still are,
 * as whom, and how to go on: silence would be taken for a change of account (N7). Thread-safe.
 */
final class SpentLink {
    private final Endpoint our;

    SpentLink(Endpoint our) {
        this.our = our;
    }

    /** With a click to have another sent, where the link says to whom; that goes by the same limits and tells as little as the form. */
    void show(HttpServletRequest request, HttpServletResponse response, LinkState link, String reference)
            throws IOException {
        Optional<DescopePrincipal> current = RequestIdentity.of(request).principal();
        StillSignedIn still = current.map(user -> new StillSignedIn(
                        user.displayName(),
                        our.redirects().defaultPage(),
                        request.getContextPath() + our.paths().signOut()))
                .orElse(StillSignedIn.NOBODY);
        String signIn = our.signInPath(request);
        if (link.pending().isEmpty()) {
            our.writer().write(request, response, our.pages().linkNoLongerValid(signIn, still, reference));
            return;
        }
        PageForm resend = PageForm.to(
                        request.getContextPath() + our.paths().sent(),
                        our.csrf().fieldFor(request, response))
                .with(CheckInboxEndpoint.STATE, link.state());
        String account = Masking.mask(link.pending().get().loginId().value());
        our.writer().write(request, response, our.pages().linkNoLongerValid(resend, account, signIn, still, reference));
    }
}
