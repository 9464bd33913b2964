package org.descope4j.emulator;

import java.net.URI;
import java.util.Arrays;

/** What the claim {@code iss} of the JWTs looks like; all of these exist in Descope projects. */
public enum IssuerForm {
    /** The project ID alone. */
    PROJECT_ID {
        @Override
        String issuer(URI base, String projectId) {
            return projectId;
        }
    },

    /** The base URL with the project ID as its path. */
    URL {
        @Override
        String issuer(URI base, String projectId) {
            return base + "/" + projectId;
        }
    },

    /** The URL of an application of the project: {@code /v1/apps/} and the project ID. */
    APPLICATION_URL {
        @Override
        String issuer(URI base, String projectId) {
            return base + "/v1/apps/" + projectId;
        }
    },

    /** The URL of an agentic application, which has one more segment after the project ID. */
    AGENTIC_URL {
        @Override
        String issuer(URI base, String projectId) {
            return base + "/v1/apps/agentic/" + projectId + "/emulator";
        }
    };

    abstract String issuer(URI base, String projectId);

    static IssuerForm named(String name) {
        return Arrays.stream(values())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Expected one of " + Arrays.toString(values()) + ", not " + name));
    }
}
