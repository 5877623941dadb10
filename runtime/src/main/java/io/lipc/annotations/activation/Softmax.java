package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The softmax {@code e^(z_i/T) / sum_j e^(z_j/T)} over the whole vector; its gain in l2 is {@code
 * 1/(2T)}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Softmax {
  /**
   * The temperature T by which the elements are divided before the exponentials; positive, by
   * default 1.
   */
  double value() default 1;
}
