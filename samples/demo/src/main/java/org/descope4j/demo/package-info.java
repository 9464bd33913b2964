/**
 * The demo: the sample web application on an embedded Tomcat, with the Descope emulator beside it, in one process.
 * {@link org.descope4j.demo.DemoLauncher} is what {@code ./mvnw -Pdemo} runs, {@link org.descope4j.demo.Demo} is for
 * tests. Nothing here knows how the sample works inside: it is deployed as any server would deploy it.
 */
@NullMarked
package org.descope4j.demo;

import org.jspecify.annotations.NullMarked;
