package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Layer normalisation {@code (z_i - m) / sqrt(v + epsilon)} of each group of neighbouring elements,
 * m their mean and v the mean of the squares {@code (z_j - m)^2}. Its gain in l2 is {@code
 * 1/sqrt(epsilon)}. A scale and a shift are layers of their own.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface LayerNorm {
  /** The number that is added to the variance; positive. */
  double epsilon();

  /**
   * The size of the groups: at least 2, a divisor of the number of elements; or 0, by default, for
   * the whole vector.
   */
  int size() default 0;
}
