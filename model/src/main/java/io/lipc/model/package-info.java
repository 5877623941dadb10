/**
 * The architecture of a network as immutable values, and the checks that every declaration must
 * pass. Both front ends end here and everything behind them starts here; the package uses the JDK
 * alone.
 */
@NullMarked
package io.lipc.model;

import org.jspecify.annotations.NullMarked;
