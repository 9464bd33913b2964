package org.descope4j.emulator;

import java.time.Clock;

/** Redeems links: whoever brings a link's token gets a session. */
final class VerifyApi {
    private final Credentials credentials;
    private final Users users;
    private final Links links;
    private final Sessions sessions;
    private final SessionAnswers answers;
    private final SignInHistory history;
    private final Clock clock;

    VerifyApi(
            Credentials credentials,
            Users users,
            Links links,
            Sessions sessions,
            SessionAnswers answers,
            SignInHistory history,
            Clock clock) {
        this.credentials = credentials;
        this.users = users;
        this.links = links;
        this.sessions = sessions;
        this.answers = answers;
        this.history = history;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.post("/v1/auth/magiclink/verify", this::verify);
    }

    private Response verify(Request request) {
        credentials.requireProject(request);
        String token = Body.of(request)
                .text("token")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.missingArgument("The field token is required"));
        Link link = links.redeem(token).orElseThrow(Refusal::linkNotLoaded);
        Arrival arrival = link.purpose().redeem(users);
        arrival.mergedUserIds().forEach(sessions::endAllOf);
        User user = arrival.user();
        if (link.options().revokesOtherSessions()) {
            sessions.endAllOf(user.id());
        }
        history.note(new SignInHistory.Entry(
                user.id(),
                clock.instant(),
                request.callerAddress(),
                link.options().tenantId()));
        return answers.full(answers.begun(sessions.start(link.termsFor(user)), user, arrival.isFirstSeen()));
    }
}
