/**
 * What the Maven plugin starts: networks in texts are compiled, certificates in the class output
 * made again where weights have changed.
 */
@NullMarked
package io.lipc.tools.build;

import org.jspecify.annotations.NullMarked;
