package org.descope4j.it.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample on a server that nobody told anything. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnconfiguredSampleIT {

    @Deployment(name = "sample", managed = false, testable = false)
    static WebArchive sample() {
        return SampleWar.read();
    }

    @Deployment(name = "declaring", managed = false, testable = false)
    static WebArchive declaring() {
        return ShrinkWrap.create(WebArchive.class, "declaring.war")
                .merge(SampleWar.read())
                .setWebXML(new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                        + ConstrainedWar.FILTERS + "</web-app>"));
    }

    @Test
    void the_application_serves_nothing_and_the_log_says_what_to_set(@ArquillianResource Deployer deployer)
            throws Exception {
        assertRefused(deployer, "sample");
    }

    @Test
    void with_filters_of_web_xml_it_does_not_start_either(@ArquillianResource Deployer deployer) throws Exception {
        assertRefused(deployer, "declaring");
    }

    private static void assertRefused(Deployer deployer, String deployment) throws IOException {
        int saidBefore = timesSaid();

        Throwable refusal = catchThrowable(() -> deployer.deploy(deployment));

        assertThat(refusal).isNotNull();
        assertThat(timesSaid()).isGreaterThan(saidBefore);
    }

    /** How often the sentence is in what the server has logged, wherever it keeps its logs; earlier runs included. */
    private static int timesSaid() throws IOException {
        Path home = Path.of(requireNonNull(System.getProperty("server.home")));
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            int times = 0;
            for (Path log : logs) {
                times += Files.readString(log).split("Set descope.project-id", -1).length - 1;
            }
            return times;
        }
    }
}
