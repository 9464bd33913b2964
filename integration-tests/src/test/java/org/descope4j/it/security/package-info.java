/** Which test holds which rule of security, and how it was tried. */
@NullMarked
package org.descope4j.it.security;

import org.jspecify.annotations.NullMarked;
