package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Applies another network to the operand. The proof uses only the certified bound of that network.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Call {
  /** The interface of the network that is called, itself annotated {@link CertifiedNetwork}. */
  Class<?> value();

  /**
   * The norm of the called network's inputs in which its bound is taken, at most one, where that is
   * not the norm of the caller. A conversion between norms costs a factor: called from linf, a
   * bound from l2 counts up to sqrt(n) times as much for n inputs.
   */
  Norm[] via() default {};
}
