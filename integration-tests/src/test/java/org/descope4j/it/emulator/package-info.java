/** The emulator as its users have it: one jar to run, and an inbox in a browser. */
@NullMarked
package org.descope4j.it.emulator;

import org.jspecify.annotations.NullMarked;
