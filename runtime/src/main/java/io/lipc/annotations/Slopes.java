package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a proof of one bound for each input, beside the bound that {@link Lipschitz} declares:
 * {@code |f_j(x) - f_j(x')| <= sum_i L_i |x_i - x'_i|} for all x and x' of a region, and for each
 * output j. So inputs in different units have bounds in their own units.
 *
 * <p>Inputs that are not named have a bound too: the least that the proof shows. Without {@link
 * #on} the region is that of the declared intervals.
 *
 * <pre>{@code
 * @Slopes({@Slope(input = "age", atMost = 0.4), @Slope(input = "income", atMost = 0.02)})
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Slopes {
  /** The bounds that are declared, at least one. */
  Slope[] value();

  /** The number of the output that they are about, from 0; without it, all of them. */
  int output() default -1;

  /**
   * Intervals of inputs, or of their elements. An element has that of the first one which names it
   * or its input; one that none names has its declared interval.
   */
  On[] on() default {};
}
