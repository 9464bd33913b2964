package org.descope4j.samples.magiclink;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import org.descope4j.servlet.DescopePrincipal;

/** The account for programs, as JSON. The user is injected; {@code descope.protected-paths} says that there is one. */
@Path("me")
@RequestScoped
public class MeResource {

    @Inject
    DescopePrincipal user;

    /** For the server, which makes an instance for each request. */
    public MeResource() {}

    /**
     * Tells who is signed in.
     *
     * @return the user of this request
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Me me() {
        return new Me(
                user.loginId(),
                user.displayName(),
                user.session().roles(),
                user.session().permissions(),
                user.session().tenants());
    }

    /**
     * What this resource tells about a user.
     *
     * @param loginId the e-mail address or phone number that the user signed in with; absent with a Bearer token
     * @param name what to call the user
     * @param roles the roles in the project
     * @param permissions the permissions in the project
     * @param tenants the IDs of the tenants that the user belongs to
     */
    public record Me(
            Optional<String> loginId, String name, Set<String> roles, Set<String> permissions, Set<String> tenants) {}
}
