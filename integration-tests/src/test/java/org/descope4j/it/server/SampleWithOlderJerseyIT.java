package org.descope4j.it.server;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** In an application that holds on to the first Jersey of Jakarta EE 10. */
class SampleWithOlderJerseyIT extends StoryOnServer {
    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.readWithout("jersey-").addAsLibraries(SampleWar.libraries("older-jersey"));
    }
}
