package org.descope4j.servlet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every configuration key, once: its name, what it means, and what holds without it. {@code docs/configuration.md} is written from
 * here, and a test fails when it says something else.
 */
enum SettingKey {
    PROJECT_ID(Topic.PROJECT, "project-id", "", "none: required", "the project, from the Descope console"),
    BASE_URL(
            Topic.PROJECT,
            "base-url",
            "",
            "the region in the project ID, else `https://api.descope.com`",
            "where the Descope service is: https, or http on this machine"),
    ALGORITHMS(
            Topic.PROJECT,
            "algorithms",
            "RS256",
            "",
            "what session JWTs may be signed with: `RS256`, `ES256`, `ES384`, comma-separated; older Descope projects sign"
                    + " `ES384`"),
    AUDIENCE(
            Topic.PROJECT,
            "audience",
            "",
            "none: a JWT names no audience, or the project",
            "what every JWT must name as its audience, where the project writes one of its own"),
    AUTH_MANAGEMENT_KEY(
            Topic.PROJECT,
            "auth-management-key",
            "",
            "none",
            "goes with every call, where the project demands one. A secret"),
    CONNECT_TIMEOUT(
            Topic.PROJECT,
            "connect-timeout",
            "3s",
            "",
            "how long a connection to Descope may take: `3s`, or ISO 8601 as in `PT3S`; up to a minute"),
    READ_TIMEOUT(Topic.PROJECT, "read-timeout", "5s", "", "how long an answer of Descope may take; up to a minute"),
    LEEWAY(
            Topic.PROJECT,
            "leeway",
            "5s",
            "",
            "by how much the clocks here and at Descope may differ; up to 5 minutes, since an expired session lives on for"
                    + " as long"),
    MAX_CONCURRENT_CALLS(
            Topic.PROJECT,
            "max-concurrent-calls",
            "32",
            "less than the threads that serve requests, or it protects nothing",
            "how many calls may wait for Descope at a time"),
    REMEMBERED_TOKENS(
            Topic.PROJECT,
            "remembered-tokens",
            "10000",
            "those of 5,000 users, some 35 MB when all are there",
            "how many genuine JWTs a node remembers, by their SHA-256 digest, so that their signatures are checked once; a signed-in"
                    + " user has two. `0` for none"),

    PUBLIC_URL(
            Topic.APPLICATION,
            "public-url",
            "",
            "required, unless the base URL is on this machine: then requests to this machine say it",
            "where browsers reach the application, with its context path; links lead there. The Host header is not trusted"
                    + " for that"),
    SECRET(
            Topic.APPLICATION,
            "secret",
            "",
            "one made at each start: links asked for before a restart or on another node need one click more, and nodes do"
                    + " not accept each other's forms",
            "seals links and cookies; several, comma-separated, while one replaces another: the first seals, all open. At"
                    + " least 32 characters each: `openssl rand -base64 32`"),
    APPLICATION_NAME(Topic.APPLICATION, "application-name", "", "none", "what the built-in pages call the application"),
    LANGUAGES(
            Topic.APPLICATION,
            "languages",
            "",
            "`en,de,es,ja,he`, and those whose texts the application has",
            "the languages of the pages, as tags such as `fr,en,pt-BR`. A request gets the one its `Accept-Language` likes best,"
                    + " else the first. See [Pages](sign-in.md#pages)"),
    AUTH_PATH(
            Topic.APPLICATION,
            "auth-path",
            "/auth",
            "",
            "the path below the context path that the paths of signing in are below: `/auth/sign-in`, `/auth/verify/*`,"
                    + " `/auth/sign-out`"),
    AUTO_REGISTER(
            Topic.APPLICATION,
            "auto-register",
            "true",
            "unless `web.xml` declares one of the filters",
            "`false`: the filters do not register themselves. Where something is protected, `web.xml` declares them or the"
                    + " application installs them, or it does not start"),

    PROTECTED_PATHS(
            Topic.PROTECTION,
            "protected-paths",
            "",
            "none: nothing is protected by path",
            "patterns that need a signed-in user: `/account`, `/account/*`, `/admin/*=admin` (with a role)"),
    PUBLIC_PATHS(
            Topic.PROTECTION,
            "public-paths",
            "",
            "none",
            "patterns that stay public below protected ones; the longer pattern wins"),
    CONTAINER_SECURITY(
            Topic.PROTECTION,
            "container-security",
            "",
            "not said: `false`, and a warning at start-up where there are constraints",
            "`true`: the server asks us who sends a request before it judges its own constraints, see [Container-managed"
                    + " security](container-security.md). `false`: another login serves them"),

    IGNORED_PATHS(
            Topic.PROTECTION,
            "ignored-paths",
            "",
            "none",
            "public patterns that nobody is signed in on and nothing is refreshed for, such as files: `/assets/*`, or `*.css`"
                    + " for an ending. Protected paths are never ignored"),
    ONLINE_CHECK_PATHS(
            Topic.PROTECTION,
            "online-check-paths",
            "",
            "none: a session that was ended elsewhere is seen when its session JWT expires",
            "patterns for which Descope is asked at each request whether the session still is one. They need a signed-in user"
                    + " with cookies; a Bearer token, about which nobody can ask, is refused"),
    FRESH_PATHS(
            Topic.PROTECTION,
            "fresh-paths",
            "",
            "none",
            "patterns that need a user who signed in a short while ago: `/transfer/*=10m`. Others are sent a link to the account"
                    + " that they are signed in to, and come back"),
    CSRF_PROTECTION(
            Topic.PROTECTION,
            "csrf-protection",
            "true",
            "since no form and no script of the application has to change for it",
            "whether a POST, PUT, PATCH or DELETE is refused when a browser sends it with a session's cookies from a page of"
                    + " another origin (`Sec-Fetch-Site`, `Origin`), and a WebSocket handshake with them"),
    TRUSTED_ORIGINS(
            Topic.PROTECTION,
            "trusted-origins",
            "",
            "none but the application's own",
            "other origins whose pages may do that, such as a single-page application's: `https://spa.example.com`. Their CORS"
                    + " preflights to protected paths are answered with yes, those of others with 403"),
    OPTIONS_WITHOUT_USER(
            Topic.PROTECTION,
            "options-without-user",
            "",
            "none: on a protected path no code of the application runs without a user, whatever the method",
            "protected patterns where the application itself answers `OPTIONS`, for anybody: `/api/*`. Only where nothing but a CORS"
                    + " filter answers it: Faces pages, JSPs and servlets that override `service()` answer it as they answer `GET`"),

    DELIVERY_METHODS(
            Topic.SIGN_IN,
            "delivery-methods",
            "email",
            "since messages to phones cost money",
            "what the sign-in page offers: `email`, `sms`, `whatsapp`"),
    REGISTRATION(
            Topic.SIGN_IN,
            "registration",
            "open",
            "since most applications welcome new users; a `SignInHandler` can refuse them, but only after Descope has made the"
                    + " account",
            "who is sent a link: `open`, everybody, and whoever has no account at Descope gets one; `closed`, existing accounts"
                    + " only, with the same answer for everybody. See [Who may register](sign-in.md#who-may-register)"),
    ANSWER_TIME(
            Topic.SIGN_IN,
            "answer-time",
            "1s",
            "longer than Descope mostly needs to take a message on, and short enough for a person who waits",
            "when a request for a link is answered, counted from its arrival: `1s`, `PT1.5S`; up to 10 seconds. What takes Descope"
                    + " longer ends behind the answer, so that its time tells nobody which accounts exist. `0s` waits for Descope"
                    + " instead: for tests"),
    SIGN_UP_FIELDS(
            Topic.SIGN_IN,
            "sign-up-fields",
            "",
            "none: there is no such page",
            "the details that a sign-up page at `/auth/sign-up` asks for: `name`, `givenName`, `middleName`, `familyName`, `email`,"
                    + " `phone`, and up to five of your own, comma-separated; `name=required,phone,company`. The sign-in page makes no"
                    + " accounts then. Has no effect with `descope.registration=closed`"),
    SAME_BROWSER(
            Topic.SIGN_IN,
            "same-browser",
            "confirm",
            "",
            "a link opened in another browser than the one that asked: `confirm` shows a page with a button, `strict` refuses"
                    + " it"),
    RETURN_TO(
            Topic.SIGN_IN,
            "return-to",
            "application",
            "",
            "where a user may be led after sign-in: `application`, to pages of this application; `host`, to other applications on"
                    + " the same host too"),
    UPDATE_METHODS(
            Topic.SIGN_IN,
            "update-methods",
            "",
            "none: there is no such page",
            "how signed-in users may change their address by link, at `/auth/update`: `email`, `sms`, `whatsapp`,"
                    + " comma-separated"),
    UPDATE_FRESHNESS(
            Topic.SIGN_IN,
            "update-freshness",
            "15m",
            "",
            "how long after they signed in they may: `15m`, `1h`. Later they sign in again first"),
    ROLES_MAP(
            Topic.SIGN_IN,
            "roles.map",
            "",
            "none",
            "what roles of Descope are called here: `Tenant Admin=admin,Editor=author`. Who has the one has the other too"),
    BEARER_SKIPS_SIGN_IN_HANDLER(
            Topic.SIGN_IN,
            "bearer-skips-sign-in-handler",
            "false",
            "since a user whom the handler refused would get in with a token",
            "only where the application has a `SignInHandler`: `true` accepts every Bearer token of the project although the handler was"
                    + " not asked about its user, with the roles of Descope alone"),
    HTTP_SESSION_OUTLIVES_USER(
            Topic.SIGN_IN,
            "http-session-outlives-user",
            "false",
            "since whoever uses the browser next would see what a user left in it",
            "`true`: when a user's session is over by itself, the `HttpSession` goes on for nobody, such as one with a basket, until"
                    + " another user comes. Signing out ends it all the same"),

    CLEAR_SITE_DATA(
            Topic.SIGN_IN,
            "clear-site-data",
            "",
            "none: the session's cookies are cleared anyway",
            "what else browsers forget at sign-out (`Clear-Site-Data`): `cache`, `storage`, comma-separated; `cookies` would"
                    + " take other applications' of the whole domain too"),

    COOKIE_SESSION_NAME(
            Topic.COOKIES,
            "cookie.session-name",
            "DS",
            "",
            "the name of the session JWT's cookie, and the beginning of the names of all our others. Two applications of one host,"
                    + " one at `/` and one below, or with one `descope.cookie.domain`, need different ones"),
    COOKIE_REFRESH_NAME(
            Topic.COOKIES,
            "cookie.refresh-name",
            "",
            "the session cookie's name with `R` behind it: `DSR`",
            "the name of the refresh JWT's cookie"),
    COOKIE_HOST_PREFIX(
            Topic.COOKIES,
            "cookie.host-prefix",
            "",
            "`true` where `descope.public-url` is https, the application is at the root context, and neither"
                    + " `descope.cookie.domain` nor `descope.cookie.path` says otherwise; else `false`",
            "`true`: all our cookies are called `__Host-…`, which no other host and no page on http can plant. Their path is then"
                    + " `/`, so that browsers send them to every application of the host; at another context their names end with"
                    + " it, such as `__Host-DS-shop`"),
    COOKIE_DOMAIN(
            Topic.COOKIES,
            "cookie.domain",
            "",
            "none: this host alone",
            "the domain whose hosts all get the session's cookies, such as `example.com`. Each of them can read the session"
                    + " and end it"),
    COOKIE_PATH(
            Topic.COOKIES,
            "cookie.path",
            "",
            "the context path",
            "the path that browsers send the session's cookies to; the context path, or one above it"),
    COOKIE_SAME_SITE(
            Topic.COOKIES,
            "cookie.same-site",
            "Lax",
            "",
            "`Lax`; `Strict`: who comes from another site is not signed in on that first page, and a link always asks for a"
                    + " click; `None`: inside frames of other sites too, by https only"),
    COOKIE_PARTITIONED(
            Topic.COOKIES,
            "cookie.partitioned",
            "false",
            "",
            "`true`: inside frames, each site around has a session of its own (CHIPS); by https only"),

    PAGE_SIGN_IN("sign-in", "asks who wants to sign in"),
    PAGE_SIGN_UP("sign-up", "asks a new user for the details that `descope.sign-up-fields` names"),
    PAGE_CHECK_INBOX("check-inbox", "says that a link is on its way"),
    PAGE_CONFIRM("confirm", "asks for the click that redeems a link"),
    PAGE_CONFIRM_ACCOUNT(
            "confirm-account", "names the account of a link that named none, and asks for the click that signs in"),
    PAGE_DECLINED("declined", "says that nobody was signed in, since the account was not the person's"),
    PAGE_LINK_INVALID("link-invalid", "says that a link was used, is past its time, or never was"),
    PAGE_BAD_REQUEST("bad-request", "says that a link or a form came incomplete"),
    PAGE_FORBIDDEN("forbidden", "says that a form came without its proof of origin"),
    PAGE_REFUSED("refused", "says that the application did not let the account in"),
    PAGE_NOT_ALLOWED("not-allowed", "says that who is signed in may not see this"),
    PAGE_TOO_MANY_REQUESTS("too-many-requests", "says how long to wait"),
    PAGE_UNAVAILABLE("unavailable", "says that Descope cannot be asked"),
    PAGE_STEP_UP("step-up", "asks who is signed in to prove it once more"),
    PAGE_SIGN_OUT("sign-out", "asks for the click that signs out"),
    PAGE_SIGNED_OUT("signed-out", "says that nobody is signed in"),
    PAGE_UPDATE("update", "asks a signed-in user for a new address"),
    PAGE_UPDATE_SENT("update-sent", "says that a link to the new address is on its way"),
    PAGE_UPDATE_DONE("update-done", "says that the new address is the user's"),
    PAGE_UPDATE_AGAIN("update-again", "asks for a new sign-in before an address is changed"),
    PAGE_UPDATE_ELSEWHERE("update-elsewhere", "says that a link to a new address came where its user is not signed in"),

    PHONE_PREFIXES(
            Topic.LIMITS,
            "phone-prefixes",
            "",
            "all: set it where `sms` or `whatsapp` is offered, since expensive numbers are what such forms are abused for",
            "which phones are sent messages: beginnings of numbers, such as `+49,+43,+1415`. Others get the same answer and"
                    + " no message"),
    LIMIT_PER_RECIPIENT(
            Topic.LIMITS,
            "limits.per-recipient",
            "5/15m",
            "",
            "how many links a recipient is sent: so many in such a time (`s`, `m`, `h`, `d`), or `off`"),
    LIMIT_PER_ADDRESS(
            Topic.LIMITS,
            "limits.per-address",
            "30/15m",
            "",
            "how many links a client address may ask for; an IPv6 network of 64 bits is one address, and one of 56 bits has twice"
                    + " as many"),
    LIMIT_PER_NETWORK(
            Topic.LIMITS,
            "limits.per-network",
            "150/15m",
            "five addresses' worth; `off` where `descope.limits.per-address` is `off`",
            "how many links a network may ask for: 24 bits of an IPv4 address, 48 of an IPv6 one; one of 16 or 32 bits has twice"
                    + " as many"),
    LIMIT_TOTAL(
            Topic.LIMITS,
            "limits.total",
            "1000/15m",
            "",
            "how many links are sent in all, by this node. Half of them are kept for recipients that had no link in that time, in"
                    + " networks that had few, so that one flooder does not lock everybody out"),
    TRUSTED_PROXIES(
            Topic.LIMITS,
            "trusted-proxies",
            "",
            "none",
            "whose `X-Forwarded-For` or `Forwarded` tells the client's address: addresses and ranges, such as `10.0.0.0/8`. While"
                    + " it is not set, a peer in a private network that sends such a header is taken for a proxy: everybody"
                    + " behind it together has ten times what an address has. Without any proxy, set it to `127.0.0.1`");

    private static final String PREFIX = "descope.";

    private final Topic topic;
    private final String shortName;
    private final String defaultValue;
    private final String defaultNote;
    private final String meaning;

    /**
     * @param defaultValue what holds without it; empty where it is no value of the key
     * @param defaultNote more about what holds without it, or why; Markdown
     * @param meaning what it says and in which form; Markdown
     */
    SettingKey(Topic topic, String shortName, String defaultValue, String defaultNote, String meaning) {
        this.topic = topic;
        this.shortName = shortName;
        this.defaultValue = defaultValue;
        this.defaultNote = defaultNote;
        this.meaning = meaning;
    }

    /** A page of the application's own. */
    SettingKey(String page, String whatItDoes) {
        this(
                Topic.PAGES,
                "pages." + page,
                "",
                "the built-in one",
                "path of the [page](sign-in.md#pages-of-your-own) that " + whatItDoes);
    }

    /** The headings of the reference. */
    enum Topic {
        PROJECT("The Descope project"),
        APPLICATION("The application"),
        PROTECTION("Who may see what"),
        SIGN_IN("Signing in and out"),
        COOKIES("Cookies"),
        PAGES("Pages of your own"),
        LIMITS("Limits on sending");

        private final String heading;

        Topic(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /** The key of this name, which is one without {@code descope.}. */
    static Optional<SettingKey> find(String initParam) {
        return Arrays.stream(values())
                .filter(key -> key.shortName.equals(initParam))
                .findFirst();
    }

    /** As in context-params, system properties and MicroProfile Config: {@code descope.project-id}. */
    String key() {
        return PREFIX + shortName;
    }

    /** As in init-params of our filters: {@code project-id}. */
    String initParam() {
        return shortName;
    }

    /** As in the environment: {@code DESCOPE_PROJECT_ID}, the name that Descope's own clients read. */
    String environmentVariable() {
        return key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Whether its value may stand in no source code and no log. */
    boolean isSecret() {
        return this == SECRET || this == AUTH_MANAGEMENT_KEY;
    }

    /** Whether {@link DescopeApplication} may say it: not a secret, and not what is read before there is an annotation. */
    boolean isForAnnotation() {
        return !isSecret() && this != AUTO_REGISTER;
    }

    Topic topic() {
        return topic;
    }

    String defaultValue() {
        return defaultValue;
    }

    String defaultNote() {
        return defaultNote;
    }

    String meaning() {
        return meaning;
    }

    /**
     * The refusal of a value.
     *
     * @param expected what would have been acceptable; no secret is repeated
     */
    IllegalArgumentException refusal(String expected) {
        return new IllegalArgumentException(key() + " refused: expected " + expected);
    }
}
