/** {@code lipc local}: bounds and trends where inputs are, on a box that a user names. */
@NullMarked
package io.lipc.tools.local;

import org.jspecify.annotations.NullMarked;
