package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Multiplies its operand by a constant: {@code y = value * x}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Scale {
  /** The factor by which each element is multiplied, a finite number. */
  double value();
}
