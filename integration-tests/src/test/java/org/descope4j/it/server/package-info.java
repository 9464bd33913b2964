/** The sample on servers that run by themselves; the same tests on each of them. */
@NullMarked
package org.descope4j.it.server;

import org.jspecify.annotations.NullMarked;
