package org.descope4j.it.server;

import org.descope4j.it.dispatched.Relay;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The sample with servlets that hand requests on, and with an error page. */
final class DispatchedWar {
    static final String NAME = "dispatched";

    private DispatchedWar() {}

    static WebArchive make() {
        return ShrinkWrap.create(WebArchive.class, NAME + ".war")
                .merge(SampleWar.read())
                .addPackage(Relay.class.getPackage())
                .setWebXML(new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                        + "<error-page><error-code>" + Relay.ERROR
                        + "</error-code><location>/error</location></error-page></web-app>"));
    }
}
