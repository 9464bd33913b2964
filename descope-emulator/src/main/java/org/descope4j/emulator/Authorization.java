package org.descope4j.emulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The parts of {@code Authorization: Bearer <project ID>[:<token or key>][:<auth management key>]}; the secrets follow the project ID. */
record Authorization(String projectId, List<String> secrets) {
    private static final String SCHEME = "Bearer ";

    static Authorization of(Request request) {
        String header = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .orElseThrow(() -> Refusal.unauthorized("Authorization: Bearer <project ID>, once, is missing"));
        List<String> parts = List.of(header.substring(SCHEME.length()).strip().split(":", -1));
        return new Authorization(parts.get(0), parts.subList(1, parts.size()));
    }

    /** The project that a request names, as far as it names one at all. */
    static Optional<String> projectId(Request request) {
        try {
            return Optional.of(of(request).projectId());
        } catch (Refusal namesNone) {
            return Optional.empty();
        }
    }

    /** Without the auth management key, which must stand at the end. */
    Authorization withoutLast(Predicate<String> isAuthManagementKey) {
        int last = secrets.size() - 1;
        if (last < 0 || !isAuthManagementKey.test(secrets.get(last))) {
            throw Refusal.unmanaged("Authorization must end in the auth management key of the project");
        }
        return new Authorization(projectId, secrets.subList(0, last));
    }

    /** The token or key directly after the project ID. */
    Optional<String> token() {
        return secrets.stream().findFirst().filter(token -> !token.isEmpty());
    }
}
