package org.descope4j.servlet;

/**
 * A complete HTML document with the status it is sent with. It is written as UTF-8, under
 * {@link Pages#contentSecurityPolicy()}.
 *
 * @param status the HTTP status
 * @param html the document; it may hold a link token, so it is never logged
 */
record Page(int status, String html) {

    @Override
    public String toString() {
        return "Page[status=" + status + "]";
    }
}
