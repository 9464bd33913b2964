package org.descope4j.emulator;

/** The Descope service on this machine. */
public final class DescopeEmulator {
    private DescopeEmulator() {}
}
