package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The official Node SDK, unmodified. Needs Node and npm, and reports itself as skipped without them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfficialNodeSdkTest {
    private static final Path DIRECTORY = Path.of("target", "node-sdk");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "sign-in.mjs");

    @Test
    void every_call_about_magic_links_and_sessions_is_answered() throws Exception {
        require(run("version.txt", "node", "--version"), "Node is not installed");
        require(run("version.txt", "npm", "--version"), "npm is not installed");
        copyFiles();
        require(
                run("npm.txt", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"),
                "npm could not fetch the SDK");

        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            boolean isDone =
                    run("seen.txt", "node", "sign-in.mjs", emulator.baseUri().toString(), emulator.projectId());

            String printed = Files.readString(DIRECTORY.resolve("seen.txt"));
            assertThat(isDone).as(printed).isTrue();
            assertSeen(Json.parseObject(
                    printed.lines().reduce((first, last) -> last).orElse("")));
        }
    }

    private static void assertSeen(JsonObject seen) {
        assertThat(seen).hasToString("""
                {"signInUnknown":"400 E062108",\
                "signUp":{"maskedEmail":"a***@example.com"},\
                "signUpAgain":"400 E062107",\
                "verify":"ok","firstSeen":true,\
                "user":{"name":"Ana Example","loginIds":["ana@example.com"]},\
                "verifyAgain":"401 E062504",\
                "session":{"amr":["email"],"sub":true},\
                "refreshedIsNew":true,"validateAndRefresh":true,\
                "me":"ana@example.com",\
                "logout":"ok","meAfterLogout":"401 E064001",\
                "refreshAfterLogout":"refresh token validation failed, Error: Error: Expired due to logout or a newer refresh token",\
                "customClaims":{"plan":"pro","seats":[1,null]},\
                "secondFirstSeen":false,"logoutAll":"ok",\
                "maskedPhone":"+1********67","smsAmr":["sms"],"whatsapp":"ok",\
                "verifyExpired":"401 E062504"}""");
    }

    private static void copyFiles() throws IOException {
        for (String file : FILES) {
            try (InputStream in = OfficialNodeSdkTest.class.getResourceAsStream("node/" + file)) {
                Files.copy(
                        Objects.requireNonNull(in, file), DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Whether the command could be started and ended well; what it printed is in the file. */
    private static boolean run(String outputFile, String... command) throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(DIRECTORY.resolve(outputFile).toFile()));
        try {
            Process process = builder.start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** Where everything must run, a missing tool is a failure; elsewhere it is a reason to skip. */
    private static void require(boolean isThere, String reason) {
        if (isThere) {
            return;
        }
        if (Boolean.getBoolean("ci.complete")) {
            fail(reason);
        }
        abort(reason);
    }
}
