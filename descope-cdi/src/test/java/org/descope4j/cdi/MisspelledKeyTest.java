package org.descope4j.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application whose own META-INF/microprofile-config.properties has a key that nobody reads. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MisspelledKeyTest {
    private final List<String> thrown = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({"descope.protected-pathes, false", "descope.protected-paths, true"})
    void F2_a_misspelled_key_in_MicroProfile_Config_ends_the_start_with_its_name_and_the_remedy(
            String key, boolean starts, @TempDir Path directory) throws Exception {
        Logger server = Logger.getLogger("org.apache.catalina");
        Handler recorder = recorder();
        server.addHandler(recorder);
        Tomcat tomcat = new Tomcat();
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Path config = Files.createDirectories(directory.resolve("app/WEB-INF/classes/META-INF"))
                    .resolve("microprofile-config.properties");
            Files.writeString(
                    config,
                    "descope.project-id=" + emulator.projectId() + "\ndescope.base-url=" + emulator.baseUri() + "\n"
                            + key + "=/account/*\n");
            tomcat.setBaseDir(directory.resolve("work").toString());
            tomcat.setPort(0);
            tomcat.getConnector();
            Context context = tomcat.addWebapp("/app", directory.resolve("app").toString());

            tomcat.start();

            assertThat(context.getState().isAvailable()).isEqualTo(starts);
        } finally {
            tomcat.stop();
            tomcat.destroy();
            server.removeHandler(recorder);
        }
        assertThat(thrown.stream().anyMatch(MisspelledKeyTest::isTheRefusal)).isNotEqualTo(starts);
    }

    private static boolean isTheRefusal(String line) {
        return line.contains("MicroProfileSettings sets [descope.protected-pathes], which nobody reads")
                && line.contains("correct or remove it")
                && line.contains("descope.protected-paths,");
    }

    private Handler recorder() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getThrown() != null) {
                    thrown.add(line.getThrown().toString());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
