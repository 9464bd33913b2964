/** Tests of the demo; they live here, so that running it fetches nothing that only tests need. */
@NullMarked
package org.descope4j.demo;

import org.jspecify.annotations.NullMarked;
