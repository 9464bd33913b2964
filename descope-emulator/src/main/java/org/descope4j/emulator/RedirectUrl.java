package org.descope4j.emulator;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a magic link leads. */
record RedirectUrl(String value) {
    RedirectUrl {
        parse(value);
    }

    /** The redirect with the token in the query parameter {@code t}, in front of a fragment. */
    URI withToken(String token) {
        int hash = value.indexOf('#');
        String beforeFragment = hash < 0 ? value : value.substring(0, hash);
        String fragment = hash < 0 ? "" : value.substring(hash);
        String separator = beforeFragment.indexOf('?') < 0 ? "?" : "&";
        return parse(beforeFragment + separator + "t=" + token + fragment);
    }

    private static URI parse(String link) {
        try {
            return new URI(link);
        } catch (URISyntaxException notYetEncoded) {
            return encode(link);
        }
    }

    private static URI encode(String link) {
        try {
            return new URI(null, link, null);
        } catch (URISyntaxException e) {
            throw Refusal.invalidArgument("The redirect URL is not a URL");
        }
    }
}
