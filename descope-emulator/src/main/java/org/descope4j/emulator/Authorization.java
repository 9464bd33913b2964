package org.descope4j.emulator;

import java.util.List;
import java.util.Optional;

/** The parts of {@code Authorization: Bearer <project ID>[:<token>][:<auth management key>]}. */
record Authorization(String projectId, Optional<String> token) {
    private static final String SCHEME = "Bearer ";

    static Authorization of(Request request) {
        String header = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .orElseThrow(() -> Refusal.unauthorized("Authorization: Bearer <project ID>, once, is missing"));
        List<String> parts = List.of(header.substring(SCHEME.length()).strip().split(":", -1));
        return new Authorization(
                parts.get(0), parts.stream().skip(1).findFirst().filter(part -> !part.isEmpty()));
    }

    Authorization requireProject(Project project) {
        if (!projectId.equals(project.id())) {
            throw Refusal.unknownProject(projectId);
        }
        return this;
    }

    String requireToken() {
        return token.orElseThrow(
                () -> Refusal.invalidToken("Authorization must hold the refresh token after the project ID"));
    }
}
