package org.descope4j.servlet;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.servlet.BrokenPromise.Promise;
import org.descope4j.servlet.TroubledDescope.Trouble;

/**
 * One browser, some nodes and Descope, and what happens to them by the dice of one seed. After each answer it compares what the browser
 * got with what it had. Of one thread; only requests that wait for a held call are under way beside it.
 */
final class SessionStory {
    /** A kept answer's minute, a late answer's minute, and what the clock of a node may be wrong by. */
    private static final Duration LONGEST_KEPT = Duration.ofSeconds(60 + 60 + 2 * 90 + 10);

    private static final List<Trouble> TROUBLES = List.of(
            Trouble.SERVER_ERROR,
            Trouble.TOO_MANY,
            Trouble.CUT,
            Trouble.ANSWER_LOST,
            Trouble.GARBAGE,
            Trouble.GATEWAY_MISTAKE,
            Trouble.WRONG_KEY);
    private static final Pattern PRINCIPAL = Pattern.compile("principal=(\\S+) ");
    private static final Pattern ISSUED_AT = Pattern.compile("\"iat\":(\\d+)");
    private static final ExecutorService TABS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, Browser.THREAD);
        thread.setDaemon(true);
        return thread;
    });

    private final long seed;
    private final Random dice;
    private final DescopeEmulator emulator;
    private final TroubledDescope descope;
    private final DescopeDirectly directly;
    private final List<ServedNode> nodes;
    private final Browser jar;
    private final List<String> told = new ArrayList<>();

    /** Of each refresh JWT, the number of the sign-in that it goes back to. */
    private final Map<String, Integer> signInOf = new HashMap<>();

    private final Map<Integer, Instant> revoked = new HashMap<>();
    private final Set<String> everHad = new HashSet<>();
    private final List<Set<String>> overOn = new ArrayList<>();
    private final List<Waiting> underWay = new ArrayList<>();
    private final List<Sent> tabs = new ArrayList<>();
    private int signIns;
    private boolean isSignedIn;

    SessionStory(long seed, DescopeEmulator emulator, TroubledDescope descope, List<ServedNode> nodes) {
        this.seed = seed;
        this.dice = new Random(seed);
        this.emulator = emulator;
        this.descope = descope;
        this.directly = new DescopeDirectly(emulator);
        this.nodes = nodes;
        this.jar = new Browser(nodes.get(0).base(), emulator.clock());
        nodes.forEach(node -> overOn.add(new HashSet<>()));
    }

    /** What a request takes along. */
    private record Sent(int node, String session, String refresh, String cookies) {
        boolean isEmpty() {
            return session.isEmpty() && refresh.isEmpty();
        }
    }

    private record Waiting(
            String what, Sent sent, String path, CompletableFuture<Answer> answer, boolean endsSession) {}

    List<String> told() {
        return told;
    }

    /** @throws BrokenPromise as soon as one is seen */
    void play(int steps) {
        setRight();
        signIn(0, "ada");
        for (int i = 0; i < steps; i++) {
            step();
        }
        faultsAreOver();
        sessionGoesOn();
        newSignInWorks();
    }

    private void step() {
        int node = dice.nextInt(nodes.size());
        int choice = dice.nextInt(100);
        if (choice < 22) {
            visit(node, dice.nextBoolean() ? "/app/account/1" : "/app/who");
        } else if (choice < 27) {
            visit(node, "/app/online/1");
        } else if (choice < 33) {
            navigate(node);
        } else if (choice < 49) {
            advance();
        } else if (choice < 55) {
            twoAtOnce();
        } else if (choice < 60) {
            lostOnTheWay(node);
        } else if (choice < 63) {
            oldTab(node);
        } else if (choice < 70) {
            holdOrRelease();
        } else if (choice < 77) {
            trouble();
        } else if (choice < 84) {
            signOut(node);
        } else if (choice < 89) {
            signIn(node, dice.nextBoolean() ? "ada" : "eve");
        } else if (choice < 92) {
            stepUp(node);
        } else if (choice < 95) {
            clockJump(node);
        } else if (choice < 97) {
            revokeElsewhere();
        } else if (choice < 98) {
            tell("Descope signs with a new key");
            emulator.rotateKeys();
        } else {
            restart(node);
        }
    }

    // ---- what happens

    private void visit(int node, String path) {
        Sent sent = sent(node);
        tell("GET " + path + " at node " + node);
        launch("GET " + path, sent, path, false);
    }

    private void navigate(int node) {
        if (descope.isHolding()) {
            return;
        }
        String[] starts = {
            "/app/account/1", "/app/fresh/1", "/app/online/1", "/app/auth/sign-in?returnTo=%2Fapp%2Ffresh%2F1"
        };
        String path = starts[dice.nextInt(starts.length)];
        tell("goes to " + path + " at node " + node);
        for (int redirects = 0; redirects <= 4; redirects++) {
            Answer answer = now(node, "GET", path, "", "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
            if (answer.status() / 100 != 3) {
                return;
            }
            path = URI.create(answer.location()).getRawPath()
                    + (URI.create(answer.location()).getRawQuery() == null
                            ? ""
                            : "?" + URI.create(answer.location()).getRawQuery());
        }
        throw new BrokenPromise(Promise.SHORT_REDIRECTS, "The last one leads to " + path);
    }

    private void advance() {
        int[] seconds = {1, 6, 14, 21, 50, 70, 130, 130, 700};
        int step = seconds[dice.nextInt(seconds.length)];
        tell(step + " seconds pass");
        emulator.advanceClock(Duration.ofSeconds(step));
    }

    private void twoAtOnce() {
        Sent first = sent(0);
        Sent second = new Sent(nodes.size() - 1, first.session(), first.refresh(), first.cookies());
        tell("the same cookies to both nodes; the answers arrive the other way round");
        if (descope.isHolding()) {
            return;
        }
        Answer one = send(first, "GET", "/app/account/1", "");
        check(first, one);
        Answer two = send(second, "GET", "/app/account/1", "");
        check(second, two);
        jar.accept(two);
        jar.accept(one);
    }

    private void lostOnTheWay(int node) {
        if (descope.isHolding()) {
            return;
        }
        tell("GET /app/account/1 at node " + node + ", whose answer never arrives");
        Sent sent = sent(node);
        tabs.add(sent);
        check(sent, send(sent, "GET", "/app/account/1", ""));
    }

    private void oldTab(int node) {
        if (tabs.isEmpty() || descope.isHolding()) {
            return;
        }
        Sent old = tabs.get(dice.nextInt(tabs.size()));
        tell("cookies from before come to node " + node + " once more");
        Sent sent = new Sent(node, old.session(), old.refresh(), old.cookies());
        check(sent, send(sent, "GET", "/app/account/1", ""));
    }

    private void holdOrRelease() {
        if (descope.isHolding()) {
            release();
            return;
        }
        boolean before = dice.nextBoolean();
        tell("the next refresh waits " + (before ? "on its way to Descope" : "on its way back"));
        descope.hold(before);
    }

    private void release() {
        if (descope.isHolding()) {
            tell("what waits goes on");
        }
        descope.release();
        // what ends a session last: it may have waited for the very same refresh
        underWay.sort((a, b) -> Boolean.compare(a.endsSession(), b.endsSession()));
        List<Answer> answers = new ArrayList<>();
        for (Waiting waiting : underWay) {
            Answer answer = waiting.answer().join();
            check(waiting.sent(), answer);
            answers.add(answer);
            if (waiting.endsSession() && answer.status() < 400) {
                ended(waiting.sent().node());
            }
        }
        underWay.clear();
        Collections.shuffle(answers, dice);
        answers.forEach(jar::accept);
    }

    private void trouble() {
        if (dice.nextInt(3) == 0) {
            tell("Descope is well");
            descope.troubles(() -> Trouble.NONE);
            return;
        }
        Trouble trouble = TROUBLES.get(dice.nextInt(TROUBLES.size()));
        tell("Descope: " + trouble);
        descope.troubles(() -> trouble);
    }

    private void signOut(int node) {
        int way = dice.nextInt(3);
        Sent sent = sent(node);
        if (way == 2) {
            tell("request.logout() at node " + node);
            launch("request.logout()", sent, "/app/logout", true);
            return;
        }
        if (descope.isHolding()) {
            return;
        }
        Answer page = now(node, "GET", "/app/auth/sign-out", "");
        if (!page.body().contains("_descope_csrf")) {
            return;
        }
        tell("signs out " + (way == 0 ? "here" : "everywhere") + " at node " + node);
        Answer answer = now(
                node,
                "POST",
                "/app/auth/sign-out",
                form("_descope_csrf", page.hidden("_descope_csrf")) + (way == 0 ? "" : "&everywhere=true"));
        if (answer.status() == 403) {
            throw new BrokenPromise(Promise.SIGNED_OUT, "The sign-out was refused");
        }
        if (answer.status() < 400 || !jar.has("DSR")) {
            ended(node);
        }
    }

    /** Everything that the browser had until now is good for nothing on that node. */
    private void ended(int node) {
        overOn.get(node).addAll(everHad);
        isSignedIn = false;
    }

    private boolean signIn(int node, String name) {
        if (descope.isHolding()) {
            return false;
        }
        String login = name + "-" + seed + "@example.com";
        tell("signs in as " + name + " at node " + node);
        Answer page = now(node, "GET", "/app/auth/sign-in", "");
        if (page.status() == 303) {
            page = now(node, "GET", "/app/auth/sign-out", "");
        }
        if (!page.body().contains("_descope_csrf")) {
            return false;
        }
        Answer asked = now(
                node,
                "POST",
                "/app/auth/sign-in",
                form(
                        "loginId",
                        login,
                        "deliveryMethod",
                        "email",
                        "returnTo",
                        "",
                        "_descope_csrf",
                        page.hidden("_descope_csrf")));
        if (asked.status() != 303) {
            tell("  no link is sent: " + asked.status());
            return false;
        }
        return open(node, login);
    }

    private boolean open(int node, String login) {
        if (emulator.inbox().messages(login).isEmpty()) {
            return false;
        }
        String link = nodes.get(node).at(emulator.inbox().latest(login).link());
        String before = jar.has("DSR") ? jar.cookie("DSR") : "";
        Sent sent = sent(node);
        Answer answer = send(sent, "GET", link, "");
        for (String field : List.of("t", "signIn")) {
            // the click that redeems it, and the one that names the account
            if (!isSet(answer, "DSR") && answer.body().contains("name=\"" + field + "\"")) {
                jar.accept(answer);
                sent = sent(node);
                answer = send(
                        sent,
                        "POST",
                        "/app/auth/verify",
                        form(field, answer.hidden(field), "_descope_csrf", answer.hidden("_descope_csrf")));
            }
        }
        if (!isSet(answer, "DSR")) {
            tell("  the link signs nobody in: " + answer.status());
            check(sent, answer);
            jar.accept(answer);
            return false;
        }
        checkCookies(answer);
        boolean isOther = !before.isEmpty() && !subject(before).equals(subject(value(answer, "DSR")));
        if (isOther) {
            overOn.get(node).addAll(everHad);
        }
        signIns++;
        isSignedIn = true;
        remember(answer, signIns);
        jar.accept(answer);
        return true;
    }

    private void stepUp(int node) {
        if (descope.isHolding()) {
            return;
        }
        Answer page = now(node, "GET", "/app/auth/step-up", "", "Accept", "text/html");
        if (page.status() != 200 || !page.body().contains("_descope_csrf")) {
            return;
        }
        tell("proves once more who it is at node " + node);
        String login =
                jar.has("DS") && SessionRulesTest.claims(jar.cookie("DS")).contains("eve-") ? "eve" : "ada";
        Answer asked = now(
                node,
                "POST",
                "/app/auth/step-up",
                form("returnTo", page.hidden("returnTo"), "_descope_csrf", page.hidden("_descope_csrf")));
        if (asked.status() == 303) {
            open(node, login + "-" + seed + "@example.com");
        }
    }

    private void clockJump(int node) {
        int[] errors = {0, 90, -90, -3600};
        int error = errors[dice.nextInt(errors.length)];
        tell("the clock of node " + node + " is wrong by " + error + " seconds");
        nodes.get(node).clock().isWrongBy(Duration.ofSeconds(error));
    }

    private void revokeElsewhere() {
        if (!jar.has("DSR")) {
            return;
        }
        tell("another device signs the user out everywhere");
        if (directly.signsOutEverywhere(jar.cookie("DSR"))) {
            revoked.putIfAbsent(
                    signInOf.getOrDefault(jar.cookie("DSR"), 0),
                    emulator.clock().instant());
        }
    }

    private void restart(int node) {
        release();
        boolean withSharedSecret = dice.nextBoolean();
        tell("node " + node + " starts anew" + (withSharedSecret ? "" : ", with a secret of its own"));
        nodes.get(node).restart(withSharedSecret);
        overOn.get(node).clear();
    }

    // ---- the end of each story

    private void setRight() {
        descope.release();
        descope.troubles(() -> Trouble.NONE);
        nodes.forEach(node -> node.clock().isWrongBy(Duration.ZERO));
        nodes.stream().filter(node -> !node.hasSharedSecret()).forEach(node -> node.restart(true));
    }

    private void faultsAreOver() {
        release();
        tell("all faults are over");
        descope.troubles(() -> Trouble.NONE);
        nodes.forEach(node -> node.clock().isWrongBy(Duration.ZERO));
        emulator.advanceClock(Duration.ofSeconds(20));
    }

    private void sessionGoesOn() {
        if (!isSignedIn || !jar.has("DSR")) {
            return;
        }
        String refresh = jar.cookie("DSR");
        if (signInOf.getOrDefault(refresh, 0) != signIns
                || overOn.stream().anyMatch(over -> over.contains(refresh))
                || !directly.honours(refresh)) {
            return;
        }
        int node = dice.nextInt(nodes.size());
        Answer answer = now(node, "GET", "/app/account/1", "");
        for (int again = 0; again < 3 && answer.status() != 200; again++) {
            emulator.advanceClock(Duration.ofSeconds(20));
            answer = now(node, "GET", "/app/account/1", "");
        }
        if (answer.status() != 200) {
            throw new BrokenPromise(
                    Promise.NEVER_BY_A_FAULT,
                    "Descope honours the refresh JWT of the browser, and node " + node + " answers " + answer.status());
        }
    }

    private void newSignInWorks() {
        int node = dice.nextInt(nodes.size());
        if (!signIn(node, "eve")) {
            throw new BrokenPromise(Promise.NEW_SIGN_IN, "Node " + node + " signs nobody in");
        }
        String eve = subject(jar.cookie("DS"));
        for (int other = 0; other < nodes.size(); other++) {
            Answer answer = now(other, "GET", "/app/account/1", "");
            if (!eve.equals(identity(answer))) {
                throw new BrokenPromise(
                        Promise.NEW_SIGN_IN,
                        "After one at node " + node + " node " + other + " says " + answer.status());
            }
        }
    }

    // ---- requests

    private Sent sent(int node) {
        return new Sent(
                node,
                jar.has("DS") ? jar.cookie("DS") : "",
                jar.has("DSR") ? jar.cookie("DSR") : "",
                jar.cookieHeader("/app/auth/verify"));
    }

    private Answer now(int node, String method, String path, String body, String... headers) {
        release();
        Sent sent = sent(node);
        Answer answer = send(sent, method, path, body, headers);
        check(sent, answer);
        jar.accept(answer);
        return answer;
    }

    /** Waits for the answer, unless the request waits for a call that is held. */
    private void launch(String what, Sent sent, String path, boolean endsSession) {
        if (!descope.isHolding()) {
            Answer answer = send(sent, "GET", path, "");
            check(sent, answer, path.startsWith("/app/online/"));
            jar.accept(answer);
            if (endsSession && answer.status() < 400) {
                ended(sent.node());
            }
            return;
        }
        boolean wasHeld = descope.hasHeld();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> send(sent, "GET", path, ""), TABS);
        while (!answer.isDone() && !(wasHeld ? isWaitingForAnother() : descope.hasHeld())) {
            Thread.onSpinWait();
        }
        if (answer.isDone()) {
            check(sent, answer.join());
            jar.accept(answer.join());
            if (endsSession && answer.join().status() < 400) {
                ended(sent.node());
            }
            return;
        }
        tell("  " + what + " is under way");
        underWay.add(new Waiting(what, sent, path, answer, endsSession));
    }

    /** More requests wait in our code than are known to. */
    private boolean isWaitingForAnother() {
        long waiting = Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().contains("-exec-"))
                .filter(entry -> entry.getKey().getState() != Thread.State.RUNNABLE)
                .filter(entry -> java.util.Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(SessionReader.class.getName())))
                .count();
        return waiting
                > underWay.stream().filter(other -> !other.answer().isDone()).count();
    }

    private Answer send(Sent sent, String method, String path, String body, String... headers) {
        URI base = nodes.get(sent.node()).base();
        List<String> all = new ArrayList<>(List.of(headers));
        if (!sent.cookies().isEmpty()) {
            all.add("Cookie");
            all.add(sent.cookies());
        }
        return new Browser(base, emulator.clock()).send(method, path, body, all.toArray(String[]::new));
    }

    // ---- what must hold of each answer

    private void check(Sent sent, Answer answer) {
        check(sent, answer, false);
    }

    private void check(Sent sent, Answer answer, boolean isOnlineChecked) {
        checkCookies(answer);
        String identity = identity(answer);
        Set<String> own = new HashSet<>();
        for (String jwt : List.of(sent.session(), sent.refresh())) {
            if (!jwt.isEmpty()) {
                own.add(subject(jwt));
            }
        }
        if (!identity.isEmpty() && !own.contains(identity)) {
            throw new BrokenPromise(Promise.NOBODY_ELSE, "The browser had cookies of " + own.size() + " users");
        }
        boolean signsIn = !identity.isEmpty() || isSet(answer, "DS") || isSet(answer, "DSR");
        Set<String> over = overOn.get(sent.node());
        if (signsIn
                && !sent.isEmpty()
                && (sent.session().isEmpty() || over.contains(sent.session()))
                && (sent.refresh().isEmpty() || over.contains(sent.refresh()))) {
            throw new BrokenPromise(
                    Promise.SIGNED_OUT,
                    "Node " + sent.node() + (identity.isEmpty() ? " sets cookies" : " serves the user"));
        }
        if (isSet(answer, "DS")) {
            Matcher issuedAt = ISSUED_AT.matcher(SessionRulesTest.claims(value(answer, "DS")));
            if (issuedAt.find() && isTooOld(Instant.ofEpochSecond(Long.parseLong(issuedAt.group(1))))) {
                throw new BrokenPromise(Promise.KEPT_IN_TIME, "The session JWT is of " + issuedAt.group(1));
            }
        }
        Instant since = revoked.get(signInOf.getOrDefault(sent.refresh(), 0));
        if (isOnlineChecked && !identity.isEmpty() && since != null && isTooOld(since)) {
            throw new BrokenPromise(Promise.KEPT_IN_TIME, "An online check lets a session in that ended at " + since);
        }
        remember(answer, signInOf.getOrDefault(sent.refresh(), 0));
    }

    private boolean isTooOld(Instant time) {
        return emulator.clock().instant().isAfter(time.plus(LONGEST_KEPT));
    }

    private static void checkCookies(Answer answer) {
        List<String> names = answer.setCookies().stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new BrokenPromise(Promise.ONE_COOKIE_ONCE, "Set are " + names);
        }
    }

    private void remember(Answer answer, int signIn) {
        for (String name : List.of("DS", "DSR")) {
            if (isSet(answer, name)) {
                everHad.add(value(answer, name));
                if (name.equals("DSR")) {
                    signInOf.putIfAbsent(value(answer, name), signIn);
                }
            }
        }
    }

    private static boolean isSet(Answer answer, String name) {
        return !value(answer, name).isEmpty();
    }

    private static String value(Answer answer, String name) {
        String line = answer.setCookie(name);
        return line.isEmpty() ? "" : line.substring(name.length() + 1).split(";", 2)[0];
    }

    private static String identity(Answer answer) {
        Matcher matcher = PRINCIPAL.matcher(answer.body());
        return matcher.find() && !matcher.group(1).equals("none") ? matcher.group(1) : "";
    }

    private static String subject(String jwt) {
        return SessionRulesTest.subject(jwt);
    }

    private static String form(String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return pairs.stream().collect(Collectors.joining("&"));
    }

    private void tell(String what) {
        told.add(what);
    }
}
