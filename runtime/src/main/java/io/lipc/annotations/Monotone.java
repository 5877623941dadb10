package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a proof that outputs never fall where an input rises, or never rise, for inputs of a
 * region, beside the bound that {@link Lipschitz} declares. All other elements of the input stay.
 *
 * <p>Without {@link #on} the region is that of the declared intervals.
 *
 * <pre>{@code
 * @Monotone(increasing = @Trend(input = "age"), decreasing = @Trend(input = "x", element = 3))
 * }</pre>
 *
 * <p>A network that is trained again and breaks the claim does not compile.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Monotone {
  /** The inputs with which outputs do not fall. */
  Trend[] increasing() default {};

  /** The inputs with which outputs do not rise. */
  Trend[] decreasing() default {};

  /**
   * Intervals of inputs, or of their elements. An element has that of the first one which names it
   * or its input; one that none names has its declared interval.
   */
  On[] on() default {};
}
