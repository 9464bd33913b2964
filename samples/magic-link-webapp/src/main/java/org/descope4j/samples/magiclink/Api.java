package org.descope4j.samples.magiclink;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the REST resources below {@code /api}. */
@ApplicationPath("api")
public class Api extends Application {

    /** For the server, which makes the only instance. */
    public Api() {}
}
