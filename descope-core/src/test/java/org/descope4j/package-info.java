/** Tests of the conversation with Descope: the emulator answers, or a server that does not. */
@NullMarked
package org.descope4j;

import org.jspecify.annotations.NullMarked;
