/** An application that hands its requests on in every way there is, and says each time who sent them. */
@NullMarked
package org.descope4j.it.dispatched;

import org.jspecify.annotations.NullMarked;
