package org.descope4j.emulator;

import java.util.List;
import java.util.Optional;

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

    /** The token or key directly after the project ID. */
    Optional<String> token() {
        return secrets.stream().findFirst().filter(token -> !token.isEmpty());
    }
}
