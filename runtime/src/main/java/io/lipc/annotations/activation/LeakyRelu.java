package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t} for {@code t >= 0}, else {@code value * t}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface LeakyRelu {
  /** The slope for negative arguments, a finite number; for positive ones the slope is 1. */
  double value();
}
