package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/** In an EAR, with our jars in its lib, where a server shares them between its applications. */
class SampleInEarIT extends StoryOnServer {
    @Deployment(testable = false)
    static EnterpriseArchive sample() {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, "suite.ear");
        SampleWar.jars(SampleWar.read(), "")
                .values()
                .forEach(jar -> ear.add(
                        requireNonNull(jar.getAsset()), jar.getPath().get().replace("/WEB-INF/lib", "/lib")));
        return ear.addAsModule(SampleWar.readWithout(""));
    }
}
