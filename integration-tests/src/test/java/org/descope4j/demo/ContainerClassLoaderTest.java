package org.descope4j.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.Collections;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContainerClassLoaderTest {
    private final ClassLoader launcher = ContainerClassLoaderTest.class.getClassLoader();
    private final ClassLoader container = new ContainerClassLoader(launcher);

    @Test
    void shows_the_jdk_and_tomcat_as_they_are() throws ClassNotFoundException {
        assertThat(container.loadClass("java.sql.Connection")).isSameAs(java.sql.Connection.class);
        assertThat(container.loadClass(HttpServlet.class.getName())).isSameAs(HttpServlet.class);
        assertThat(container.loadClass(StandardContext.class.getName())).isSameAs(StandardContext.class);
    }

    @Test
    void shows_the_files_of_tomcats_classes_which_tomcat_itself_reads() {
        assertThat(container.getResource("org/apache/catalina/loader/JdbcLeakPrevention.class"))
                .isEqualTo(launcher.getResource("org/apache/catalina/loader/JdbcLeakPrevention.class"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.json.spi.JsonProvider",
                "org.eclipse.parsson.JsonProviderImpl",
                "com.nimbusds.jose.JWSObject",
                "org.owasp.encoder.Encode",
                "org.descope4j.emulator.DescopeEmulator",
                "org.descope4j.demo.Demo"
            })
    void hides_the_launcher_and_the_libraries_of_the_emulator(String name) throws ClassNotFoundException {
        assertThat(launcher.loadClass(name)).isNotNull();

        assertThatThrownBy(() -> container.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void hides_their_services_and_files_too() throws IOException {
        assertThat(Collections.list(container.getResources("META-INF/services/jakarta.json.spi.JsonProvider")))
                .isEmpty();
        assertThat(container.getResource("logging.properties")).isNull();
    }
}
