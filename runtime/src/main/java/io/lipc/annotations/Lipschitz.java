package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The property that the network must have: {@code |f(x) - f(x')|_to <= value |x - x'|_from} for all
 * inputs. The compiler proves it for the given weights, or reports an error here.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Lipschitz {
  /** The Lipschitz bound, positive and finite; exactly this double is proved or refused. */
  double value();

  /** The norm in which differences of inputs are measured, by default l2. */
  Norm from() default Norm.L2;

  /** The norm in which differences of outputs are measured, by default l2. */
  Norm to() default Norm.L2;
}
