package org.descope4j.servlet;

import java.util.Map;
import java.util.Set;

/**
 * Which inbox a login ID leads to, so that the many spellings of one are counted together. For counting only: messages go to what was
 * typed. Spellings are folded where the mail host documents that it does so, and nowhere else, since {@code a+b@} and {@code a@} may be
 * two people elsewhere.
 *
 * <ul>
 *   <li>Gmail: dots do not matter (support.google.com/mail/answer/7436150), {@code +tag} is dropped (support.google.com/mail/answer/22370),
 *       {@code googlemail.com} is the same (support.google.com/mail/answer/10313).
 *   <li>Outlook.com: {@code +tag} (learn.microsoft.com, "Plus addressing in Exchange Online", which Outlook.com has too).
 *   <li>iCloud Mail: {@code +tag}; {@code me.com} and {@code mac.com} are the same account's (support.apple.com, article 118230 on addresses
 *       of icloud.com, me.com and mac.com).
 *   <li>Fastmail: {@code +tag}, and {@code tag@user.fastmail.com} (www.fastmail.help, "Plus addressing and subdomain addressing").
 *   <li>Proton Mail: {@code +tag}; dots, hyphens and underscores do not matter, and {@code pm.me} and {@code protonmail.com} are the same
 *       account's (github.com/ProtonMail/WebClients, {@code removeEmailAlias}; proton.me/support/addresses-and-aliases).
 *   <li>Yahoo Mail: {@code name-keyword} is a disposable address; names themselves hold no hyphen (help.yahoo.com, "Disposable addresses").
 * </ul>
 */
final class Mailbox {
    private static final Map<String, String> SAME_HOST = Map.of(
            "googlemail.com", "gmail.com",
            "me.com", "icloud.com",
            "mac.com", "icloud.com",
            "protonmail.com", "proton.me",
            "pm.me", "proton.me");
    private static final Set<String> PLUS = Set.of(
            "gmail.com",
            "icloud.com",
            "proton.me",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "hotmail.co.uk",
            "hotmail.de",
            "hotmail.es",
            "hotmail.fr",
            "hotmail.it",
            "live.co.uk",
            "live.de",
            "live.fr",
            "live.it",
            "live.nl",
            "outlook.de",
            "outlook.es",
            "outlook.fr",
            "outlook.it",
            "outlook.jp",
            "fastmail.com",
            "fastmail.fm");
    private static final Set<String> HYPHEN = Set.of(
            "yahoo.com",
            "yahoo.co.uk",
            "yahoo.co.in",
            "yahoo.com.br",
            "yahoo.de",
            "yahoo.es",
            "yahoo.fr",
            "yahoo.it",
            "ymail.com",
            "rocketmail.com");
    private static final Set<String> FASTMAIL = Set.of("fastmail.com", "fastmail.fm");

    private Mailbox() {}

    /** The inbox of a login ID; a phone number is its own. */
    static String of(LoginId loginId) {
        String address = LoginId.normalised(loginId.value());
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return address;
        }
        String domain = address.substring(at + 1);
        String host = SAME_HOST.getOrDefault(domain, domain);
        String user = address.substring(0, at);
        int dot = host.indexOf('.');
        if (FASTMAIL.contains(host.substring(dot + 1)) && dot > 0) {
            user = host.substring(0, dot);
            host = host.substring(dot + 1);
        }
        return account(user, host) + "@" + host;
    }

    private static String account(String user, String host) {
        String account = user;
        if (PLUS.contains(host)) {
            account = before('+', account);
        }
        if (HYPHEN.contains(host)) {
            account = before('-', account);
        }
        return switch (host) {
            case "gmail.com" -> account.replace(".", "");
            case "proton.me" -> account.replaceAll("[._-]", "");
            default -> account;
        };
    }

    private static String before(char separator, String user) {
        int at = user.indexOf(separator);
        return at <= 0 ? user : user.substring(0, at);
    }
}
