package org.descope4j.session;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.descope4j.session.InvalidSessionException.Reason;

/**
 * What the header of a token says and may say. The key ID chooses a key of ours, nothing in it brings one along (RFC
 * 8725, section 3.10).
 */
record TokenHeader(SigningAlgorithm algorithm, String keyId) {

    /**
     * What RFC 7515, 7516, 7518 and 7797 define beside {@code alg}, {@code kid} and {@code typ}: keys, encryption,
     * extensions, nesting. Names that nobody defined are ignored (RFC 7515, section 4).
     */
    private static final Set<String> REFUSED = Set.of(
            "jku",
            "jwk",
            "x5u",
            "x5c",
            "x5t",
            "x5t#S256",
            "crit",
            "b64",
            "cty",
            "enc",
            "zip",
            "epk",
            "apu",
            "apv",
            "iv",
            "tag",
            "p2s",
            "p2c");

    private static final Set<String> TYPES = Set.of("jwt", "application/jwt");

    /**
     * Judges a header.
     *
     * @throws InvalidSessionException if it is refused
     */
    static TokenHeader judge(JsonMembers header, Set<SigningAlgorithm> allowed) {
        for (String name : REFUSED) {
            if (header.has(name)) {
                throw InvalidSessionException.malformed("a header with the parameter " + name);
            }
        }
        if (header.has("typ")
                && header.text("typ")
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .filter(TYPES::contains)
                        .isEmpty()) {
            throw new InvalidSessionException(
                    Reason.WRONG_KIND,
                    "Expected a header with typ JWT, or without typ; came another. Pass a token of Descope's own.");
        }
        SigningAlgorithm algorithm = header.text("alg")
                .flatMap(SigningAlgorithm::find)
                .filter(allowed::contains)
                .orElseThrow(() -> unsupported(header, allowed));
        String keyId = header.text("kid")
                .filter(VerificationKey::isId)
                .orElseThrow(() -> InvalidSessionException.malformed("a header without a kid that a key can have"));
        return new TokenHeader(algorithm, keyId);
    }

    private static InvalidSessionException unsupported(JsonMembers header, Set<SigningAlgorithm> allowed) {
        String expected = allowed.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
        String came = header.text("alg")
                .flatMap(SigningAlgorithm::find)
                .map(Enum::name)
                .orElse("none of ours");
        return new InvalidSessionException(
                Reason.UNSUPPORTED_ALGORITHM,
                "Expected a signature by " + expected + "; came " + came + ". If the project signs with ES256 or ES384,"
                        + " as older ones do, name it in descope.algorithms.");
    }
}
