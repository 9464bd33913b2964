package org.descope4j.session;

import static org.descope4j.session.TokenMint.aRefreshToken;
import static org.descope4j.session.TokenMint.aSession;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tokens by number: genuine ones, nearly genuine ones, and what becomes of them when somebody or something changes them.
 * One seed and one number always give the same token.
 */
final class TokenVariations {

    static final SigningKey KEY = SigningKey.seeded("SKgenuine", SigningAlgorithm.RS256, 1);
    static final SigningKey SECOND_KEY = SigningKey.seeded("SKsecond", SigningAlgorithm.RS256, 2);
    static final SigningKey ELLIPTIC_KEY = SigningKey.seeded("SKelliptic", SigningAlgorithm.ES256, 3);
    private static final SigningKey FORGER = SigningKey.seeded("SKgenuine", SigningAlgorithm.RS256, 4);

    private static final long NOW = TokenMint.NOW.getEpochSecond();
    private static final String PROJECT_URL = "https://api.descope.com/" + Corpus.PROJECT_ID;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** Everybody accepts these. */
    static final List<Supplier<TokenMint>> GENUINE = List.of(
            TokenMint::aSession,
            () -> aSession().with("iss", PROJECT_URL),
            () -> aSession().with("iss", "https://api.descope.com/v1/apps/" + Corpus.PROJECT_ID),
            () -> aSession().with("aud", Corpus.PROJECT_ID),
            () -> aSession().withJson("aud", "[\"other\",\"" + Corpus.PROJECT_ID + "\"]"),
            () -> aSession()
                    .withJson("roles", "[\"admin\"]")
                    .withJson("permissions", "[\"read\"]")
                    .withJson("tenants", "{\"A\":{\"roles\":[\"owner\"]},\"B\":{}}"),
            () -> aSession().with("name", "\u05d0\u00e9\ud83d\ude00\"\\/\u0001\u2028"),
            () -> aSession().with("nbf", NOW + 5).with("iat", NOW + 60),
            () -> aSession().with("exp", NOW - 4),
            () -> aSession().withJson("exp", NOW + 600 + ".75").withJson("iat", "1.75E9"),
            () -> aSession().without("iat").withHeader("typ", "\"JWT\""),
            () -> aSession().withHeader("typ", "\"application/jwt\"").withHeader("x", "[{}]"),
            () -> aSession()
                    .withJson("nsec", "{\"a\":[1,2.5,null,{\"b\":true}]}")
                    .with("amr", "email"));

    /** Nobody accepts these, for one reason each. */
    static final List<Supplier<TokenMint>> NEARLY_GENUINE = List.of(
            TokenMint::aRefreshToken,
            () -> aRefreshToken().with("iss", PROJECT_URL),
            () -> aSession().with("exp", NOW - 5),
            () -> aSession().with("nbf", NOW + 6),
            () -> aSession().with("iat", NOW + 61),
            () -> aSession().without("exp"),
            () -> aSession().without("sub"),
            () -> aSession().with("sub", ""),
            () -> aSession().with("iss", Corpus.PROJECT_ID + "/"),
            () -> aSession().with("iss", "https://api.descope.com.evil.example/" + Corpus.PROJECT_ID),
            () -> aSession().with("aud", "other"),
            () -> aSession().withHeader("kid", "\"SKunknown\""));

    private static final List<String> ALGORITHMS = List.of(
            "\"none\"",
            "\"HS256\"",
            "\"RS384\"",
            "\"RS512\"",
            "\"PS256\"",
            "\"ES256\"",
            "\"ES384\"",
            "\"rs256\"",
            "\"RS256 \"",
            "\"\"",
            "null",
            "256",
            "[\"RS256\"]",
            "\"RS256\"");

    private static final List<String> KEY_IDS = List.of(
            "\"SKsecond\"",
            "\"SKelliptic\"",
            "\"skgenuine\"",
            "\"SKgenuine \"",
            "\"\"",
            "null",
            "7",
            "[\"SKgenuine\"]",
            "\"../SKgenuine\"",
            "\"SK\\u0067enuine\"",
            "\"\\uff33Kgenuine\"");

    private static final List<String> TYPES = List.of(
            "\"JWT\"",
            "\"jwt\"",
            "\"application/JWT\"",
            "\"at+jwt\"",
            "\"logout+jwt\"",
            "\"dpop+jwt\"",
            "\"\"",
            "null",
            "1");

    private static final List<String> PARAMETERS =
            List.of("crit", "b64", "cty", "zip", "jku", "jwk", "x5u", "x5c", "enc", "p2c", "unheardof", "tag");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "[\"exp\"]",
            "[\"b64\"]",
            "{\"kty\":\"RSA\"}",
            "0",
            "-1",
            "\"https://evil.example/\"",
            "\"DEF\"",
            "\"JWT\"");

    private static final List<String> CLAIMS = List.of("iss", "aud", "sub", "drn", "exp", "nbf", "iat", "cnf", "roles");

    private static final List<String> CLAIM_VALUES = List.of(
            "\"DS\"",
            "\"DSR\"",
            "\"ds\"",
            "\"P2abcdefghijklmnopqrstuvwxyz\"",
            "[\"P2abcdefghijklmnopqrstuvwxyz\"]",
            "[\"P2abcdefghijklmnopqrstuvwxyz\",null]",
            "[\"P2abcdefghijklmnopqrstuvwxyz\",7]",
            "[]",
            "[[]]",
            "{}",
            "null",
            "true",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\u00a0\"",
            "\"other\"",
            "7",
            "\"https://api.descope.com/\"",
            "\"HTTPS://api.descope.com/P2abcdefghijklmnopqrstuvwxyz\"",
            "\"p2abcdefghijklmnopqrstuvwxyz\"",
            "\"P2abcdefghijklmnopqrstuvwxyz\\u0000\"",
            "\"x\\ud83d\\ude00\"");

    private static final List<String> TIMES = List.of(
            "%1$d",
            "%1$d.0",
            "%1$d.999999999",
            "%1$d0e-1",
            "0.%1$de10",
            "%1$dE0",
            "%1$d000e-3",
            "-%1$d",
            "%1$d000",
            "\"%1$d\"",
            "[%1$d]",
            "{\"v\":%1$d}",
            "null",
            "true",
            "0",
            "-0",
            "0.0",
            "1e9",
            "2e9",
            "1e400",
            "-1e400",
            "1e30",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "-9223372036854775808",
            "253402300799",
            "253402300800",
            "4294967296",
            "2147483648",
            "9007199254740993",
            "9.3e15",
            "1e-400",
            "\"2026-01-01T00:00:00Z\"");

    private static final List<Integer> OFFSETS = List.of(-6, -5, -4, -1, 0, 1, 4, 5, 6, 60, 61, 600);

    /** What is done to a token. */
    enum Mutation {
        NOTHING(false),
        BIT_OF_TEXT(false),
        SWAP_OF_BYTES(false),
        BYTE_OF_DECODED_SEGMENT(false),
        CUT(false),
        SEGMENTS(false),
        BASE64(false),
        CHARACTER(false),
        BY_ANOTHER_KEY_OF_THE_SET(true),
        BYTE_OF_CLAIMS(true),
        HEADER(true),
        PARAMETER(true),
        CLAIM(true),
        TIME(true),
        SECOND_MEMBER(true),
        WHITESPACE(true),
        WRONG_KEY(true);

        private final boolean isSignedAgain;

        Mutation(boolean isSignedAgain) {
            this.isSignedAgain = isSignedAgain;
        }
    }

    private final long seed;

    /** Signing is what takes time. */
    private final Map<Supplier<TokenMint>, String> signed = new ConcurrentHashMap<>();

    TokenVariations(long seed) {
        this.seed = seed;
    }

    /** Which mutation a token has gone through; they take turns. */
    static Mutation mutationOf(long number) {
        return Mutation.values()[(int) (number % Mutation.values().length)];
    }

    String token(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        boolean isGenuine = random.nextInt(4) > 0;
        Supplier<TokenMint> base = any(random, isGenuine ? GENUINE : NEARLY_GENUINE);
        Mutation mutation = mutationOf(number);
        return mutation.isSignedAgain
                ? signedAgain(mutation, base.get(), random)
                : mutated(
                        mutation,
                        signed.computeIfAbsent(base, mint -> mint.get().signedBy(KEY)),
                        random);
    }

    private static String mutated(Mutation mutation, String token, SplittableRandom random) {
        return switch (mutation) {
            case NOTHING -> token;
            case BIT_OF_TEXT -> withFlippedBit(token, random);
            case SWAP_OF_BYTES -> withSwap(token, random);
            case BYTE_OF_DECODED_SEGMENT -> withChangedSegment(token, random);
            case CUT -> cut(token, random);
            case SEGMENTS -> withOtherSegments(token, random);
            case BASE64 -> withOddBase64(token, random);
            case CHARACTER -> withCharacter(token, random);
            default -> throw new IllegalArgumentException(mutation.name());
        };
    }

    private static String signedAgain(Mutation mutation, TokenMint mint, SplittableRandom random) {
        return switch (mutation) {
            case BY_ANOTHER_KEY_OF_THE_SET -> mint.signedBy(random.nextBoolean() ? SECOND_KEY : ELLIPTIC_KEY);
            case BYTE_OF_CLAIMS -> {
                byte[] claims = mint.statingKey(KEY).claimsJson().getBytes(StandardCharsets.UTF_8);
                yield TokenMint.signed(
                        KEY, mint.headerJson().getBytes(StandardCharsets.UTF_8), withChangedByte(claims, random));
            }
            case HEADER -> withHeader(mint, random).signedBy(anyKey(random));
            case PARAMETER ->
                mint.withHeader(any(random, PARAMETERS), any(random, VALUES)).signedBy(KEY);
            case CLAIM ->
                mint.withJson(any(random, CLAIMS), any(random, CLAIM_VALUES)).signedBy(KEY);
            case TIME -> withTime(mint, random);
            case SECOND_MEMBER -> withSecondMember(mint, random);
            case WHITESPACE -> withWhitespace(mint, random);
            case WRONG_KEY -> mint.statingKey(KEY).signedBy(random.nextBoolean() ? FORGER : SECOND_KEY);
            default -> throw new IllegalArgumentException(mutation.name());
        };
    }

    private static String withFlippedBit(String token, SplittableRandom random) {
        int at = random.nextInt(token.length());
        char flipped = (char) (token.charAt(at) ^ (1 << random.nextInt(8)));
        return token.substring(0, at) + flipped + token.substring(at + 1);
    }

    private static String withSwap(String token, SplittableRandom random) {
        int first = random.nextInt(token.length());
        int second = random.nextBoolean() ? random.nextInt(token.length()) : Math.min(first + 1, token.length() - 1);
        StringBuilder swapped = new StringBuilder(token);
        swapped.setCharAt(first, token.charAt(second));
        swapped.setCharAt(second, token.charAt(first));
        return swapped.toString();
    }

    private static String withChangedSegment(String token, SplittableRandom random) {
        String[] segments = token.split("\\.", -1);
        int at = random.nextInt(segments.length);
        segments[at] =
                BASE64URL.encodeToString(withChangedByte(Base64.getUrlDecoder().decode(segments[at]), random));
        return String.join(".", segments);
    }

    private static byte[] withChangedByte(byte[] bytes, SplittableRandom random) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(changed.length);
        changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ (1 << random.nextInt(8)) : random.nextInt(256));
        return changed;
    }

    private static TokenMint withHeader(TokenMint mint, SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> mint.withHeader("alg", any(random, ALGORITHMS));
            case 1 -> mint.withHeader("kid", any(random, KEY_IDS));
            case 2 -> mint.withHeader("typ", any(random, TYPES));
            case 3 -> mint.withHeader("alg", any(random, ALGORITHMS)).withHeader("kid", any(random, KEY_IDS));
            default -> mint.withHeader("Alg", any(random, ALGORITHMS)).withHeader("KID", any(random, KEY_IDS));
        };
    }

    /** The pairs are the project's, but the ID in the header may be another's. */
    private static SigningKey anyKey(SplittableRandom random) {
        KeyPair pair = random.nextInt(4) > 0 ? KEY.pair() : SECOND_KEY.pair();
        return new SigningKey(KEY.id(), KEY.algorithm(), pair);
    }

    private static String withTime(TokenMint mint, SplittableRandom random) {
        long time = NOW + any(random, OFFSETS);
        String claim = List.of("exp", "nbf", "iat").get(random.nextInt(3));
        return mint.withJson(claim, any(random, TIMES).formatted(time)).signedBy(KEY);
    }

    /** A name twice, or once more in another spelling. */
    private static String withSecondMember(TokenMint mint, SplittableRandom random) {
        String claim = any(random, CLAIMS);
        String spelling = switch (random.nextInt(4)) {
            case 0 -> claim;
            case 1 -> "\\u%04x".formatted((int) claim.charAt(0)) + claim.substring(1);
            case 2 -> claim.substring(0, 1).toUpperCase(Locale.ROOT) + claim.substring(1);
            default -> claim + "\\u0000";
        };
        String member = "\"" + spelling + "\":" + any(random, CLAIM_VALUES);
        String claims = mint.statingKey(KEY).claimsJson();
        String doubled = random.nextBoolean()
                ? "{" + member + "," + claims.substring(1)
                : claims.substring(0, claims.length() - 1) + "," + member + "}";
        return TokenMint.signed(KEY, mint.headerJson(), doubled);
    }

    private static String withWhitespace(TokenMint mint, SplittableRandom random) {
        String space = any(random, List.of(" ", "\n", "\t", "\r\n", "\u00a0", "\ufeff", "\u0000", "\f", "/**/"));
        String claims = mint.statingKey(KEY).claimsJson();
        String spaced = switch (random.nextInt(4)) {
            case 0 -> space + claims;
            case 1 -> claims + space;
            case 2 -> claims.replace(",\"", "," + space + "\"");
            default -> claims.replace("\":", "\"" + space + ":");
        };
        return random.nextBoolean()
                ? TokenMint.signed(KEY, mint.headerJson(), spaced)
                : TokenMint.signed(KEY, mint.headerJson().replace("{", "{" + space), claims);
    }

    private static String cut(String token, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> token.substring(0, random.nextInt(token.length()));
            case 1 -> token.substring(random.nextInt(token.length()));
            case 2 -> token.substring(0, token.length() - 1 - random.nextInt(4));
            default -> token.substring(0, token.lastIndexOf('.') + 1);
        };
    }

    private static String withOtherSegments(String token, SplittableRandom random) {
        String[] segments = token.split("\\.", -1);
        StringBuilder other = new StringBuilder();
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            other.append(random.nextInt(8) == 0 ? "" : segments[random.nextInt(segments.length)])
                    .append(count == 1 ? "" : ".");
        }
        return other.toString();
    }

    private static String withOddBase64(String token, SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> token + "=".repeat(1 + random.nextInt(2));
            case 1 -> token.replace(".", "=.");
            case 2 -> token.replace('-', '+');
            case 3 -> token.replace('_', '/');
            case 4 -> token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1);
            case 5 -> token.replace(".", "A.");
            default -> token.replaceFirst("\\.", "%2E");
        };
    }

    private static String withCharacter(String token, SplittableRandom random) {
        String character = any(
                random,
                List.of(
                        " ",
                        "\n",
                        "\r\n",
                        "\t",
                        "\u0000",
                        "\u00a0",
                        "\u200b",
                        "\ufeff",
                        "\uff0e",
                        "\u012e",
                        "\u0141",
                        "\"",
                        "%20",
                        "!",
                        "*",
                        "~",
                        "\ud800",
                        "\ud83d\ude00"));
        int at = random.nextInt(4) == 0 ? 0 : random.nextInt(3) == 0 ? token.length() : random.nextInt(token.length());
        int resumed = random.nextBoolean() ? at : Math.min(at + 1, token.length());
        return token.substring(0, at) + character + token.substring(resumed);
    }

    private static <T> T any(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
