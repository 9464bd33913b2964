package org.descope4j.servlet;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.descope4j.emulator.DescopeEmulator;

/** One of many users under load, with a browser of their own, who signs out now and then. Used by one thread at a time. */
final class LoadedUser {
    private static final Duration SOON_AFTER = Duration.ofSeconds(1);
    private static final String PAGE = "/app/account/1";

    private final DescopeEmulator emulator;
    private final DescopeDirectly directly;
    private final List<ServedNode> nodes;
    private final LoadFacts facts;
    private final Random dice;
    private final String login;
    private Browser browser;
    private String subject = "";
    private String refreshJwt = "";

    /** Where the user signed out, with which cookies, and when. */
    private SignedOut signedOut = SignedOut.NOT;

    private record SignedOut(int node, String cookies, Instant at) {
        private static final SignedOut NOT = new SignedOut(-1, "", Instant.MAX);
    }

    LoadedUser(int number, DescopeEmulator emulator, List<ServedNode> nodes, LoadFacts facts) {
        this.emulator = emulator;
        this.directly = new DescopeDirectly(emulator);
        this.nodes = nodes;
        this.facts = facts;
        this.dice = new Random(number);
        this.login = "user" + number + "@example.com";
        this.browser = new Browser(nodes.get(0).base(), emulator.clock());
        signIn();
    }

    private void signIn() {
        var tokens = emulator.signIn(login);
        browser = new Browser(nodes.get(0).base(), emulator.clock());
        browser.plant("DS", tokens.sessionJwt());
        browser.plant("DSR", tokens.refreshJwt());
        subject = tokens.userId();
        refreshJwt = tokens.refreshJwt();
        signedOut = SignedOut.NOT;
    }

    /** Does one thing. */
    void act() {
        if (signedOut.node() >= 0) {
            comeBack();
            return;
        }
        int node = dice.nextInt(nodes.size());
        int choice = dice.nextInt(100);
        if (choice < 2) {
            signOut(node);
        } else if (choice < 10) {
            navigate(node);
        } else {
            Answer answer = visit(node, choice < 25 ? "/app/who" : PAGE);
            count(answer);
            if (answer.status() == 401) {
                signInAnewWhereTheSessionIsGone();
            }
        }
    }

    /** At Descope, as where an answer with a new refresh JWT was lost; or only here, which is a fault of ours. */
    private void signInAnewWhereTheSessionIsGone() {
        if (!directly.honours(refreshJwt)) {
            facts.lostWithAnswer();
            signIn();
        } else if (!browser.has("DSR")) {
            facts.signedOutByNobody();
            signIn();
        }
    }

    private void signOut(int node) {
        String cookies = browser.cookieHeader(PAGE);
        Answer answer = visit(node, "/app/logout");
        if (answer.status() < 400) {
            facts.signedOut();
            signedOut = new SignedOut(node, cookies, emulator.clock().instant());
        }
    }

    /** What the browser had must be good for nothing on the node that served the sign-out. */
    private void comeBack() {
        if (emulator.clock().instant().isBefore(signedOut.at().plus(SOON_AFTER))) {
            return;
        }
        Answer answer = new Browser(nodes.get(signedOut.node()).base(), emulator.clock())
                .get(at(signedOut.node(), PAGE), "Cookie", signedOut.cookies());
        if (answer.status() == 200
                || !answer.setCookie("DSR").replaceAll("^DSR=;.*", "").isEmpty()) {
            facts.signedInAfterSignOut();
        }
        signIn();
    }

    private void navigate(int node) {
        String path = PAGE;
        for (int redirects = 0; redirects <= 4; redirects++) {
            Answer answer = browser.get(at(node, path), "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
            keep();
            if (answer.status() / 100 != 3) {
                count(answer);
                return;
            }
            URI next = URI.create(answer.location());
            path = next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
        }
        facts.longChain();
    }

    private Answer visit(int node, String path) {
        Answer answer = browser.get(at(node, path));
        keep();
        return answer;
    }

    /** The latest that the browser had, also when it was told to forget it. */
    private void keep() {
        if (browser.has("DSR")) {
            refreshJwt = browser.cookie("DSR");
        }
    }

    private void count(Answer answer) {
        facts.count(answer, subject);
    }

    /** Whether all is well with a user whose session Descope honours: the browser is signed in. */
    boolean goesOn() {
        if (signedOut.node() >= 0) {
            return true;
        }
        if (!directly.honours(refreshJwt)) {
            facts.lostWithAnswer();
            signIn();
            return true;
        }
        Answer answer = visit(dice.nextInt(nodes.size()), PAGE);
        count(answer);
        return answer.status() == 200;
    }

    private String at(int node, String path) {
        return nodes.get(node).at(URI.create(path));
    }
}
