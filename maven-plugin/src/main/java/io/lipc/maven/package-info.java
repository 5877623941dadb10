/**
 * The Maven goals. They run in Maven's own JVM and start what does the work in a JVM of the
 * toolchain.
 */
@NullMarked
package io.lipc.maven;

import org.jspecify.annotations.NullMarked;
