/**
 * A web application whose users sign in by magic link. There is no sign-in code in it: the filters of descope-servlet
 * serve {@code /auth/*} and protect the paths named in {@code META-INF/microprofile-config.properties}.
 */
@NullMarked
package org.descope4j.samples.magiclink;

import org.jspecify.annotations.NullMarked;
