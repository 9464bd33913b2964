/** The story in browsers, against the demo that runs in the test's own process. */
@NullMarked
package org.descope4j.it.browser;

import org.jspecify.annotations.NullMarked;
