package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t} for {@code t >= 0}, else {@code value (e^t - 1)}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Elu {
  /**
   * The constant alpha of {@code alpha (e^t - 1)}, not negative: for negative arguments the
   * function tends to {@code -alpha}.
   */
  double value();
}
