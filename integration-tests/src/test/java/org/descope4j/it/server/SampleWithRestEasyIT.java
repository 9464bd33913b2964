package org.descope4j.it.server;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** In an application that has its own REST library, and Jackson for JSON. */
class SampleWithRestEasyIT extends StoryOnServer {
    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.readWithout("jersey-|hk2-|aopalliance|osgi|javassist")
                .addAsLibraries(SampleWar.libraries("resteasy"))
                .setWebXML("resteasy-web.xml");
    }
}
