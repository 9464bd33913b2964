package org.descope4j.samples.magiclink;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Who is signed in, for programs. */
@Path("me")
@RequestScoped
public class MeResource {

    /** For the server, which makes an instance for each request. */
    public MeResource() {}

    /**
     * {@return the signed-in user}
     *
     * @param security the request's security context
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Me me(@Context SecurityContext security) {
        return new Me(String.valueOf(security.getUserPrincipal()));
    }

    /**
     * What this resource tells about a user.
     *
     * @param loginId the login ID
     */
    public record Me(String loginId) {}
}
