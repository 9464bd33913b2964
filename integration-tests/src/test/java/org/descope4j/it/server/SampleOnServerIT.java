package org.descope4j.it.server;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** As it was built. */
class SampleOnServerIT extends StoryOnServer {
    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.read();
    }
}
