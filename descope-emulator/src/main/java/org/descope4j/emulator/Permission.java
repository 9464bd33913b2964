package org.descope4j.emulator;

/** Something that a role may permit. */
record Permission(String id, String name, String description) {

    static Permission named(String name) {
        return new Permission(RandomText.id("PER2"), name, "");
    }
}
