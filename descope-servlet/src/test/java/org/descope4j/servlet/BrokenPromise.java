package org.descope4j.servlet;

/** One of the promises about sessions was not kept. */
final class BrokenPromise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is promised of sessions, whatever happens in whatever order. */
    enum Promise {
        NOBODY_ELSE("never somebody else's identity"),
        SIGNED_OUT(
                "after the answer to a sign-out was sent, no answer of this node signs the browser in by what it had before"),
        NEVER_BY_A_FAULT("a fault never signs out: once it is over, a session that Descope still honours goes on"),
        SHORT_REDIRECTS("no chain of more than 4 redirects"),
        KEPT_IN_TIME("a kept answer is never served past its time"),
        ONE_COOKIE_ONCE("one answer never sets two cookies of one name"),
        NEW_SIGN_IN("a new sign-in always works");

        private final String sentence;

        Promise(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Promise promise;

    BrokenPromise(Promise promise, String what) {
        super("Broken: " + promise.sentence + ". " + what);
        this.promise = promise;
    }

    Promise promise() {
        return promise;
    }
}
