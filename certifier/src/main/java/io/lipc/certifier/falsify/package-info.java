/**
 * Lower bounds: the search for two inputs whose outputs are far apart, and their ratio in exact or
 * enclosed arithmetic, never rounded up.
 */
@NullMarked
package io.lipc.certifier.falsify;

import org.jspecify.annotations.NullMarked;
