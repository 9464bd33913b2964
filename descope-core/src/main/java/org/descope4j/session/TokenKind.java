package org.descope4j.session;

/**
 * What a token is for. A project signs all of them with the same key and issuer; only the claim {@code drn} tells them
 * apart (RFC 8725, section 3.12).
 */
enum TokenKind {
    SESSION("DS", "session JWT"),
    REFRESH("DSR", "refresh JWT");

    private final String drn;
    private final String title;

    TokenKind(String drn, String title) {
        this.drn = drn;
        this.title = title;
    }

    String drn() {
        return drn;
    }

    String title() {
        return title;
    }
}
