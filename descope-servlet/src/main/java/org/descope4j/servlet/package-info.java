/** Magic-link sign-in for servlet applications. */
@NullMarked
package org.descope4j.servlet;

import org.jspecify.annotations.NullMarked;
