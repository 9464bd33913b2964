package org.descope4j.it.variants;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Below the {@code /api} of the sample. */
@Path("secret")
public class VaultApi {
    /** To read. */
    @GET
    public String get() {
        return Vault.WORD;
    }

    /** To ask. */
    @OPTIONS
    public String options() {
        return Vault.WORD;
    }

    /** To do something. */
    @POST
    public String post() {
        return Vault.WORD;
    }
}
