package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Refused, always: the function that is 0 on [-value, value] and t outside jumps twice, so no
 * Lipschitz bound exists. The annotation exists so that the compiler can say this, with what to use
 * instead.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface HardShrink {
  /** Half the width of the band [-value, value] in which the function would be 0. */
  double value() default 0.5;
}
