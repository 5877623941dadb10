/** Radii by the signs of units' inputs: the search, and how much of it. */
@NullMarked
package io.lipc.runtime.radius;

import org.jspecify.annotations.NullMarked;
