package org.descope4j.emulator;

/** An access key of the emulated project; its text is known to {@link AccessKeys} only. */
record AccessKey(String id, NewAccessKey profile) {}
