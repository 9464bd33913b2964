/** The signed-in user for CDI beans and Jakarta REST resources. */
@NullMarked
package org.descope4j.cdi;

import org.jspecify.annotations.NullMarked;
