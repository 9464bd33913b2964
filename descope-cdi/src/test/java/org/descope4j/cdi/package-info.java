/** Tests on Weld and an embedded Tomcat, as in an application. */
@NullMarked
package org.descope4j.cdi;

import org.jspecify.annotations.NullMarked;
