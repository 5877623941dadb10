package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a proof that every output stays within {@code [min, max]}, for every input of the box
 * that {@link Input} declares, beside the bound that {@link Lipschitz} declares or without one. It
 * is about the exact real function that the weights define: a computed output may be farther out by
 * the rounding error of the network.
 *
 * <p>The proof passes the box through the layers as ranges. The range that it finds for an output
 * contains the values that the output reaches, and may be larger. Where it exceeds the declared
 * range, the compiler says for which output and by how much.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Range {
  /** No output is below this number. */
  double min();

  /** No output is above this number. */
  double max();
}
