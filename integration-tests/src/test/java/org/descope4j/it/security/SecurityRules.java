package org.descope4j.it.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules, the tests of all modules whose names begin with a rule's ID, and the mutations that a test noticed. */
final class SecurityRules {
    private static final Path ROOT = Path.of("..");
    private static final Path HERE = Path.of("src/test/security");
    private static final Pattern GROUP = Pattern.compile("## ([A-Z]) (.+)");
    private static final Pattern RULE = Pattern.compile("([A-Z][0-9]+) ([MS]) (.+)");
    private static final Pattern TEST = Pattern.compile("void ([A-Z][0-9]+_\\w+)\\(");
    private static final Pattern LEADING_ID = Pattern.compile("([A-Z])([0-9]+)_(to_[A-Z]([0-9]+)_)?");

    private SecurityRules() {}

    /** One group of rules, by the first letter of their IDs. */
    record Group(String letter, String title, List<Rule> rules) {}

    /** A rule; {@code isMust} ones need a test. */
    record Rule(String id, boolean isMust, String what) {}

    /** A test, named for people: class and method. */
    record TestName(String type, String method) {
        @Override
        public String toString() {
            return type + "#" + method;
        }
    }

    /** A change of our code that a test noticed. */
    record Mutation(String rule, String what, Path file, String from, String test) {}

    static List<Group> groups() throws IOException {
        List<Group> groups = new ArrayList<>();
        for (String line : Files.readAllLines(HERE.resolve("rules.txt"))) {
            Matcher group = GROUP.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (group.matches()) {
                groups.add(new Group(group.group(1), group.group(2), new ArrayList<>()));
            } else if (rule.matches()) {
                groups.get(groups.size() - 1)
                        .rules()
                        .add(new Rule(rule.group(1), rule.group(2).equals("M"), rule.group(3)));
            }
        }
        return groups;
    }

    /** Of every module, by rule, in the order of their names. */
    static Map<String, List<TestName>> testsByRule() throws IOException {
        Map<String, List<TestName>> tests = new LinkedHashMap<>();
        for (Path source : testSources()) {
            String type = source.getFileName().toString().replace(".java", "");
            TEST.matcher(Files.readString(source))
                    .results()
                    .map(found -> found.group(1))
                    .sorted()
                    .distinct()
                    .forEach(method -> idsOf(method)
                            .forEach(id -> tests.computeIfAbsent(id, first -> new ArrayList<>())
                                    .add(new TestName(type, method))));
        }
        return tests;
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    sources.addAll(javaBelow(tests));
                }
            }
        }
        return sources;
    }

    private static List<Path> javaBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** {@code V2_V4_a_page_with_a_button} is of V2 and V4, {@code J1_to_J31_the_corpus} of all between. */
    static List<String> idsOf(String method) {
        List<String> ids = new ArrayList<>();
        Matcher id = LEADING_ID.matcher(method);
        while (id.lookingAt()) {
            String letter = id.group(1);
            int first = Integer.parseInt(id.group(2));
            int last = id.group(4) == null ? first : Integer.parseInt(id.group(4));
            IntStream.rangeClosed(first, last)
                    .mapToObj(number -> letter + number)
                    .forEach(ids::add);
            id.region(id.end(), method.length());
        }
        return ids;
    }

    static List<Mutation> mutations() throws IOException {
        List<Map<String, String>> blocks = new ArrayList<>();
        for (String line : Files.readAllLines(HERE.resolve("mutations.txt"))) {
            int colon = line.indexOf(": ");
            if (line.startsWith("#") || colon < 0) {
                continue;
            }
            if (line.startsWith("rule: ")) {
                blocks.add(new LinkedHashMap<>());
            }
            blocks.get(blocks.size() - 1).put(line.substring(0, colon), line.substring(colon + 2));
        }
        return blocks.stream()
                .map(block -> new Mutation(
                        required(block, "rule"),
                        required(block, "what"),
                        ROOT.resolve(required(block, "file")),
                        required(block, "from").replace("\\n", "\n"),
                        required(block, "test")))
                .toList();
    }

    private static String required(Map<String, String> block, String name) {
        String value = block.get(name);
        if (value == null) {
            throw new IllegalStateException("A block of mutations.txt has no " + name + ": " + block);
        }
        return value;
    }
}
