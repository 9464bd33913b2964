package org.descope4j.emulator;

/** Answers requests to one path. */
@FunctionalInterface
interface Handler {
    Response handle(Request request);
}
