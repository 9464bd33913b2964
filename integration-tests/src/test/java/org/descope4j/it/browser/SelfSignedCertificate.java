package org.descope4j.it.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for hosts of this machine, made by the JDK's keytool when a test starts, in a file that nobody keeps. */
record SelfSignedCertificate(Path file) {
    static final String PASSWORD = "changeit";

    /** @param names of hosts, as in {@code *.example.test} */
    static SelfSignedCertificate forHosts(List<String> names) throws IOException, InterruptedException {
        Path file = Files.createTempDirectory("certificate").resolve("hosts.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hosts",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=descope4j tests",
                        "-ext",
                        "SAN="
                                + String.join(
                                        ",",
                                        names.stream()
                                                .map(name -> "dns:" + name)
                                                .toList()),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("keytool.log").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException(
                    "keytool made no certificate: " + Files.readString(file.resolveSibling("keytool.log")));
        }
        return new SelfSignedCertificate(file);
    }
}
