package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An input of the network: a method without parameters. Several inputs are parts of one vector, in
 * the order of their declaration.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Input {
  /**
   * The extents of the input, outermost first, all positive: {@code 12} for a vector, {@code {1,
   * 28, 28}} for an image.
   */
  int[] value();

  /**
   * The least value that any element takes. Declared together with {@link #max}, it makes rounding
   * errors boundable, which certified radii need; it does not restrict where the bound holds.
   */
  double min() default Double.NaN;

  /**
   * The greatest value that any element takes. Declared together with {@link #min}, it makes
   * rounding errors boundable, which certified radii need; it does not restrict where the bound
   * holds.
   */
  double max() default Double.NaN;
}
