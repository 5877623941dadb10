/**
 * Commands that the Maven plugin starts: they compile networks in texts, and make certificates in
 * the class output again if weights have changed.
 */
@NullMarked
package io.lipc.tools.build;

import org.jspecify.annotations.NullMarked;
