/** Two applications of two projects in one EAR, which share our jars. */
@NullMarked
package org.descope4j.it.suite;

import org.jspecify.annotations.NullMarked;
