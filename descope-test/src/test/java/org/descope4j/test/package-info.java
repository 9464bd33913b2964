/** The test kit as an application's tests use it. */
@NullMarked
package org.descope4j.test;

import org.jspecify.annotations.NullMarked;
