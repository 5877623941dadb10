package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The activation {@code t} for {@code t >= 0}, else {@code value (e^(t / value) - 1)}; its slopes
 * lie in [0, 1].
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Celu {
  /**
   * The constant alpha of {@code alpha (e^(t / alpha) - 1)}, above 0: for negative arguments the
   * function tends to {@code -alpha}.
   */
  double value();
}
