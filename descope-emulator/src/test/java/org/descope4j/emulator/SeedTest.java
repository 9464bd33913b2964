package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SeedTest {
    private static final String ID = "P2seed0000000000000000000000";
    private static final Pattern DOCUMENTED = Pattern.compile("```json\n(\\{\\s*\"projects\"[^`]*)```");

    @TempDir
    private Path directory;

    @Test
    void the_documented_seed_file_sets_the_stage() throws Exception {
        MatchResult example = DOCUMENTED
                .matcher(Files.readString(Path.of("..", "docs", "emulator.md")))
                .results()
                .findFirst()
                .orElseThrow();
        List<NewProject> projects = Seed.read(file(example.group(1)));

        try (DescopeEmulator emulator = DescopeEmulator.builder().start(projects)) {
            assertThat(emulator.projects().all()).hasSize(2);
            Answer signIn = new Caller(emulator).signIn("ana@example.com");
            assertThat(signIn.sessionClaims().getSubject()).isEqualTo("U2ana");
            assertThat(signIn.sessionClaims().getStringListClaim("permissions")).contains("doc.write");
            assertThat(signIn.sessionClaims().getStringClaim("plan")).isEqualTo("pro");
            assertThat(signIn.user()
                            .getJsonArray("userTenants")
                            .getJsonObject(0)
                            .getString("tenantName"))
                    .isEqualTo("Acme");
            assertThat(new Caller(emulator)
                            .post("/v1/auth/accesskey/exchange", "{}", "K2nightly")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                             | , line 1, column 3: this is not JSON with an object as a whole",
                "{'projects': [}                               | , line 1, column 15: this is not JSON with an object as a whole",
                "[]                                            | , line 1, column 2: this is not JSON with an object as a whole",
                "{}                                            | : projects must hold at least one project",
                "{'project': []}                               | : There is no field project, only projects",
                "{'projects': {}}                              | : The field projects must be an array",
                "{'projects': [1]}                             | : The field projects[0] must be an object",
                "{'projects': [{}]}                            | : The field projects[0].projectId is required",
                "{'projects': [{'projectId': 'P1'}]}           | : projects[0]: A project ID is a P and at least 27 more letters and digits, like PEmulator0000000000000000000; got P1",
                "{'projects': [{ID, 'user': []}]}              | : There is no field projects[0].user, only accessKeys, authManagementKey, customClaims, issuerForm, linkLifetime, managementKey, permissions, projectId, refreshCookieName, refreshLifetime, roles, rolesForNewUsers, rotatesRefreshTokens, rotationGracePeriod, sessionCookieName, sessionLifetime, signingAlgorithm, tenants, tokensInCookies, users",
                "{'projects': [{ID, 'users': [{}, {}]}]}       | : projects[0].users[0].loginIds must hold at least one login ID, and no blank one",
                "{'projects': [{ID, 'users': [{'loginIds': ['a'], 'roles': 'x'}]}]} | : The field projects[0].users[0].roles must be an array",
                "{'projects': [{ID, 'users': [{'loginIds': ['a'], 'test': 1}]}]}    | : The field projects[0].users[0].test must be true or false",
                "{'projects': [{ID, 'users': [{'loginIds': ['a'], 'userId': '-'}]}]} | : projects[0].users[0]: A user ID consists of 1 to 64 letters and digits, not -",
                "{'projects': [{ID, 'users': [{'loginIds': ['a'], 'tenants': [{'name': 'x'}]}]}]} | : The field projects[0].users[0].tenants[0].id is required",
                "{'projects': [{ID, 'sessionLifetime': '10m'}]} | : projects[0].sessionLifetime must be a duration like PT10M, not 10m",
                "{'projects': [{ID, 'issuerForm': 'X'}]}        | : projects[0]: Expected one of [PROJECT_ID, URL, APPLICATION_URL, AGENTIC_URL], not X",
                "{'projects': [{ID, 'roles': [{'name': 'editor'}], 'users': [{'loginIds': ['a'], 'roles': ['editr']}]}]} | : projects[0].users[0].roles names editr, which is not among the project's roles",
                "{'projects': [{ID, 'tenants': [{'id': 'T1', 'name': 'x'}], 'accessKeys': [{'tenants': [{'id': 'T2'}]}]}]} | : projects[0].accessKeys[0].tenants[0].id names T2, which is not among the project's tenants",
                "{'projects': [{ID, 'accessKeys': [{'key': 'a:b'}]}]} | : projects[0].accessKeys[0]: An access key consists of printable ASCII without spaces and colons"
            })
    void a_mistake_is_said_with_its_place_and_what_was_expected(String seed, String message) throws IOException {
        Path file = file(seed.replace("ID,", "'projectId': '" + ID + "',").replace('\'', '"'));

        assertThatIllegalArgumentException().isThrownBy(() -> Seed.read(file)).withMessage(file + message.strip());
    }

    @Test
    void two_users_of_one_login_id_end_the_program_with_exit_code_2() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path file = file("{\"projects\":[{\"projectId\":\"" + ID
                + "\",\"users\":[{\"loginIds\":[\"a@b.example\"]},{\"loginIds\":[\"A@b.example\"]}]}]}");

        int exitCode = new CommandLine(System.out, new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("--port", "0", "--seed", file.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("In project " + ID + " the user a@b.example is there twice. See --help.");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("seed.json"), content);
    }
}
