package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t} for {@code t >= 0}, else {@code value (e^(t / value) - 1)}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Celu {
  /** The limit below, up to its sign; above 0. */
  double value();
}
