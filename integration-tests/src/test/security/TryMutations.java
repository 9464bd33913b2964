import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries the mutations of mutations.txt: all, or those of the rules that are named. Run it in the root of the repository, with nothing
 * uncommitted in the files that it changes:
 *
 * <pre>java integration-tests/src/test/security/TryMutations.java V1 V2</pre>
 */
class TryMutations {
    private static final Path LIST = Path.of("integration-tests/src/test/security/mutations.txt");

    public static void main(String[] rules) throws IOException, InterruptedException {
        boolean allRed = true;
        for (Map<String, String> mutation : read()) {
            if (rules.length == 0 || List.of(rules).contains(mutation.get("rule"))) {
                String verdict = tried(mutation);
                allRed &= verdict.equals("red");
                System.out.println(verdict + "  " + mutation.get("rule") + "  " + mutation.get("what"));
            }
        }
        System.exit(allRed ? 0 : 1);
    }

    private static String tried(Map<String, String> mutation) throws IOException, InterruptedException {
        Path file = Path.of(mutation.get("file"));
        String before = Files.readString(file);
        int at = before.indexOf(mutation.get("from"));
        if (at < 0 || before.indexOf(mutation.get("from"), at + 1) >= 0) {
            return "STALE: `from` is there " + (at < 0 ? "never" : "more than once") + " ";
        }
        try {
            Files.writeString(file, before.replace(mutation.get("from"), mutation.get("to")));
            return verdict(mutation);
        } finally {
            Files.writeString(file, before);
        }
    }

    private static String verdict(Map<String, String> mutation) throws IOException, InterruptedException {
        Path log = Files.createTempFile("mutation", ".log");
        List<String> command = new ArrayList<>(List.of("./mvnw", "-o", "-B", "-ntp", "-q", "test", "-am"));
        String module = mutation.getOrDefault("in", mutation.get("file").substring(0, mutation.get("file").indexOf('/')));
        command.addAll(List.of("-pl", module, "-Dtest=" + mutation.get("test"), "-Dsurefire.failIfNoSpecifiedTests=false"));
        // the compiler's checks would find some mutations before any test does
        if (!module.equals("integration-tests")) {
            command.addAll(List.of("-P", "!complete"));
        }
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String output = Files.readString(log);
        if (output.contains("COMPILATION ERROR")) {
            return "DOES NOT COMPILE: " + log;
        }
        return status == 0 ? "SURVIVED" : output.contains("There are test failures") ? "red" : "UNCLEAR: " + log;
    }

    private static List<Map<String, String>> read() throws IOException {
        List<Map<String, String>> mutations = new ArrayList<>();
        for (String line : Files.readAllLines(LIST)) {
            int colon = line.indexOf(": ");
            if (line.startsWith("#") || colon < 0) {
                continue;
            }
            String name = line.substring(0, colon);
            if (name.equals("rule")) {
                mutations.add(new LinkedHashMap<>());
            }
            mutations.get(mutations.size() - 1).put(name, line.substring(colon + 2).replace("\\n", "\n"));
        }
        return mutations;
    }
}
