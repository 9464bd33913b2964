/** How a user signs in to the sample: the story, told once, and the browsers that play it. */
@NullMarked
package org.descope4j.it;

import org.jspecify.annotations.NullMarked;
