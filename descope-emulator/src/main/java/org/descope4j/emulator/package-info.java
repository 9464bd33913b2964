/** The Descope service on this machine, for development and tests. */
@NullMarked
package org.descope4j.emulator;

import org.jspecify.annotations.NullMarked;
