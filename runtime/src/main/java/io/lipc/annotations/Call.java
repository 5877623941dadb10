package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Applies another network to the operand. Of that network only its certified bound is used. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Call {
  /** The interface that declares it. */
  Class<?> value();

  /**
   * The norm in which its bound is taken, one at most, where that is not the caller's own. Between
   * norms a bound costs a factor of dimension: from linf, one in l2 counts up to sqrt(n) times as
   * much for n inputs.
   */
  Norm[] via() default {};
}
