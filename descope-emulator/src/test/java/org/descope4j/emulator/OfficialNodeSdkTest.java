package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Node SDK, unmodified. Needs Node and npm, and reports itself as skipped without them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfficialNodeSdkTest {
    private static final String EXPECTED = """
            {"signInUnknown":"400 E062108",\
            "signUp":{"maskedEmail":"a***@example.com"},\
            "signUpAgain":"400 E062107",\
            "verify":"ok",\
            "firstSeen":true,\
            "user":{"name":"Ana Example","loginIds":["ana@example.com"]},\
            "verifyAgain":"401 E062504",\
            "session":{"amr":["email"],"sub":true},\
            "refreshedIsNew":true,\
            "validateAndRefresh":true,\
            "me":"ana@example.com",\
            "logout":"ok",\
            "meAfterLogout":"401 E064001",\
            "refreshAfterLogout":"refresh token validation failed, Error: Error: Expired due to logout or a newer refresh token",\
            "customClaims":{"plan":"pro","seats":[1,null]},\
            "secondFirstSeen":false,\
            "logoutAll":"ok",\
            "updateEmail":{"maskedEmail":"n***@example.com"},\
            "updatedEmail":"next@example.com",\
            "updatePhone":{"maskedPhone":"+1********21"},\
            "updated":[["ana@example.com","next@example.com"],"+15557654321",true],\
            "updateWhatsapp":"ok",\
            "updateConflict":"400 E062125",\
            "updateWithoutToken":"401 E061005",\
            "stepUp":true,\
            "mfa":["email","sms","mfa"],\
            "stepUpWithoutToken":"401 E061005",\
            "revokes":"ok",\
            "revoked":"401 E064001",\
            "tenantId":true,\
            "tenantWithNewId":true,\
            "created":["Member Example",true,["editor"],{"plan":"pro"},["member@example.com","member"]],\
            "createdAgain":"400 E062107",\
            "dct":"T2acme",\
            "tenantRoles":true,\
            "selected":["T2acme",true],\
            "selectOther":"400 E011004",\
            "myTenants":{"tenants":[{"id":"T2acme","name":"Acme","customAttributes":{}}]},\
            "mySelectedTenant":1,\
            "history":[["city","country","ip","loginTime","selectedTenant","userId"]],\
            "testUser":true,\
            "generatedFor":"e2e@test.example",\
            "generatedClaims":{"a":1},\
            "logoutByManagement":"ok",\
            "loggedOutByManagement":"401 E064001",\
            "deleteTestUsers":"ok",\
            "deletedTestUser":"400 E062108",\
            "accessKey":[{"k1":"v1"},"T2job",true],\
            "wrongAccessKey":"could not exchange access key - Access key is not valid",\
            "maskedPhone":"+1********67",\
            "smsAmr":["sms"],\
            "signUpPhones":["ok","ok"],\
            "whatsapp":"ok",\
            "verifyExpired":"401 E062504",\
            "refreshUnchecked":"ok",\
            "asked":[true,[],true,["editor"],true,[],["admin"],"T2acme"],\
            "read":[[],["editor"],["T2acme"],false,"T2acme",true],\
            "managed":{"tenant":["Umbrella Ltd",{"plan":"free"}],\
            "tenants":["Umbrella Ltd"],\
            "tenantsAll":true,\
            "permissions":["doc.read","doc.rewrite"],\
            "roles":[true,[["viewer",["doc.read"]],["editor",["doc.read","doc.rewrite"]]]],\
            "attributes":["plan"],\
            "permissionsOfRole":["doc.read","doc.rewrite"],\
            "zoe":["Zoe Zed","Zoe","Q.","Zed","zoe@new.example",true,"+15550000077",true,["viewer","editor"],{"plan":"pro"},["zoe"],[["T2umbrella",["editor"]]]],\
            "loadUsers":1,"search":1,"searchAll":1,\
            "disabled":403,\
            "embedded":{"from":"support"},\
            "embeddedSignUp":true,\
            "history":1,\
            "searchTestUsers":1,\
            "deleted":[true,true,true],\
            "gone":"E112102"},\
            "wrongManagementKey":"401 E111119"}""";
    private static final Pattern OURS =
            Pattern.compile("[^.]+|magicLink\\..+|management\\.(user|tenant|role|permission)\\..+");

    /** About other ways to sign in than magic links, and about applications, portals and devices: the emulator has none of these. */
    private static final Set<String> NOT_OURS = Set.of(
            "magicLink.update.phone.im",
            "management.tenant.configureSettings",
            "management.tenant.generateSSOConfigurationLink",
            "management.tenant.getSettings",
            "management.tenant.revokeSSOConfigurationLink",
            "management.tenant.updateDefaultRoles",
            "management.user.addSSOapps",
            "management.user.expirePassword",
            "management.user.generateEnchantedLinkForTestUser",
            "management.user.generateOTPForTestUser",
            "management.user.getProviderToken",
            "management.user.import",
            "management.user.listPasskeys",
            "management.user.listTrustedDevices",
            "management.user.removeAllPasskeys",
            "management.user.removePasskey",
            "management.user.removeSSOapps",
            "management.user.removeTOTPSeed",
            "management.user.removeTrustedDevices",
            "management.user.setActivePassword",
            "management.user.setPassword",
            "management.user.setSSOapps",
            "management.user.setTemporaryPassword",
            "management.user.updateRecoveryEmail",
            "management.user.updateRecoveryPhone");

    private static final Path DIRECTORY = Path.of("target", "node-sdk");
    private static final List<String> FILES = List.of(
            "package.json", "package-lock.json", "every-call.mjs", "management-calls.mjs", "recorder.mjs", "modes.mjs");

    @BeforeAll
    static void install() throws Exception {
        require(run("version.txt", "node", "--version"), "Node is not installed");
        require(run("version.txt", "npm", "--version"), "npm is not installed");
        copyFiles();
        require(
                run("npm.txt", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"),
                "npm could not fetch the SDK");
    }

    @Test
    void every_call_about_magic_links_sessions_and_their_management_is_answered() throws Exception {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            String accessKey = emulator.accessKeys()
                    .add(NewAccessKey.builder("job")
                            .tenant("T2job", "Job", List.of(), List.of())
                            .build());

            JsonObject seen = seen(emulator, "every-call.mjs", emulator.managementKey(), accessKey);

            assertThat(seen.getJsonObject("seen")).hasToString(EXPECTED);
            assertThat(texts(seen.getJsonArray("called"))).containsExactlyInAnyOrderElementsOf(methodsOfTheirs(seen));
            ClientTable.check(ClientTable.Client.NODE, column(seen.getJsonArray("calls")));
        }
    }

    private static ClientTable.Column column(JsonArray calls) {
        ClientTable.Column column = new ClientTable.Column();
        calls.getValuesAs(JsonArray.class)
                .forEach(call -> column.note(call.getString(0), call.getString(1), call.getBoolean(2)));
        return column;
    }

    /** All methods that the client offers about magic links, sessions and the management calls that set a stage. */
    private static Set<String> methodsOfTheirs(JsonObject seen) {
        return texts(seen.getJsonArray("offered")).stream()
                .filter(method -> OURS.matcher(method).matches())
                .filter(method -> !NOT_OURS.contains(method))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonArray array) {
        return array.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                arguments("region", DescopeEmulator.builder().projectId("Peuc1Emulator0000000000000000000")),
                arguments("ES384", DescopeEmulator.builder().signingAlgorithm(SigningAlgorithm.ES384)),
                arguments("issuer URL", DescopeEmulator.builder().issuerForm(IssuerForm.URL)),
                arguments("application", DescopeEmulator.builder().issuerForm(IssuerForm.APPLICATION_URL)),
                arguments("agentic", DescopeEmulator.builder().issuerForm(IssuerForm.AGENTIC_URL)),
                arguments("rotation", DescopeEmulator.builder().rotatesRefreshTokens(true)),
                arguments("closed", DescopeEmulator.builder().authManagementKey("K2authMgmtKey0001")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void a_project_of_another_kind_is_understood(String kind, DescopeEmulator.Builder builder) throws Exception {
        try (DescopeEmulator emulator = builder.start()) {
            JsonObject seen = seen(emulator, "modes.mjs", kind.equals("closed") ? "K2authMgmtKey0001" : "");

            assertThat(seen)
                    .hasToString("{\"asked\":true,\"sessionJwt\":true,\"refreshJwt\":true,\"project\":\""
                            + emulator.projectId() + "\",\"refreshed\":true}");
        }
    }

    @Test
    void tokens_in_cookies_are_found_as_far_as_this_client_looks_for_them() throws Exception {
        try (DescopeEmulator emulator =
                DescopeEmulator.builder().tokensInCookies(true).start()) {
            JsonObject seen = seen(emulator, "modes.mjs", "");

            assertThat(seen)
                    .hasToString(
                            "{\"asked\":true,\"sessionJwt\":false,\"refreshJwt\":true,\"refreshed\":true,\"hasBothCookies\":true}");
        }
    }

    private static JsonObject seen(DescopeEmulator emulator, String script, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("node", script, emulator.baseUri().toString(), emulator.projectId()));
        command.addAll(List.of(arguments));
        boolean isDone = run("seen.txt", command.toArray(String[]::new));
        String printed = Files.readString(DIRECTORY.resolve("seen.txt"));
        assertThat(isDone).as(printed).isTrue();
        return Json.parseObject(printed.lines().reduce((first, last) -> last).orElse(""));
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
