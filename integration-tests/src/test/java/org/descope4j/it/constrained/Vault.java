package org.descope4j.it.constrained;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import org.jspecify.annotations.Nullable;

/** A bean that the server itself opens to one role only. */
@Stateless
public class Vault {
    @Resource
    private @Nullable SessionContext caller;

    /** Who opened it. */
    @RolesAllowed("member")
    public String open() {
        return caller == null ? "" : caller.getCallerPrincipal().getName();
    }

    /** Nobody of these tests may. */
    @RolesAllowed("owner")
    public String empty() {
        return "emptied";
    }
}
