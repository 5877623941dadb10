package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Refused, always: a function that changes at a threshold to another one jumps there, so no
 * Lipschitz bound exists. The annotation exists so that the compiler can say this, with what to use
 * instead.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Threshold {
  /** The argument at which the function would change, a finite number. */
  double value() default 0;
}
