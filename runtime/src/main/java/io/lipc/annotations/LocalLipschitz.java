package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a Lipschitz bound for inputs of a region, beside the bound that {@link Lipschitz}
 * declares for all inputs: {@code |f(x) - f(x')|_to <= value |x - x'|_from} for all x and x' of the
 * region. On a small region a network is often far less steep than it may be elsewhere.
 *
 * <p>Without {@link #on} the region is that of the declared intervals.
 *
 * <pre>{@code
 * @LocalLipschitz(value = 0.4, on = @On(input = "state", min = -0.1, max = 0.1))
 * }</pre>
 *
 * <p>Certified radii of the generated class do not use it: they may leave the region.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface LocalLipschitz {
  /** The bound, positive and finite; exactly this double is proved or refused. */
  double value();

  /**
   * Intervals of inputs, or of their elements. An element has that of the first one which names it
   * or its input; one that none names has its declared interval.
   */
  On[] on() default {};

  /** The norm in which differences of inputs are measured, by default l2. */
  Norm from() default Norm.L2;

  /** The norm in which differences of outputs are measured, by default l2. */
  Norm to() default Norm.L2;
}
