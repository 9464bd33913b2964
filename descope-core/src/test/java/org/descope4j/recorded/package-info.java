/** What Descope's published clients for Node and Java sent and got, played through ours on a real socket. */
@NullMarked
package org.descope4j.recorded;

import org.jspecify.annotations.NullMarked;
