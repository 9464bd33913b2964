package org.descope4j.emulator;

/** How much of an answer reaches the caller. */
enum Delivery {
    COMPLETE,
    CUT_OFF,
    DROPPED
}
