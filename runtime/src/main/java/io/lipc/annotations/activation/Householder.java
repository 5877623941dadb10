package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Reflects pairs: {@code z + 2 v relu(-v'z)} for each pair z of neighbouring elements, {@code v =
 * (v0, v1)}. For a unit vector it mirrors one half of the plane, and preserves the norm of
 * gradients: {@code v = (sin(t/2), -cos(t/2))} for the angle t of Singla et al. 2021. Rounded
 * numbers are seldom exactly a unit vector; what is certified is this formula with the rounded
 * ones.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Householder {
  /** The first of the two elements of v, finite: the factor of the first element of each pair. */
  double v0();

  /** The second of the two elements of v, finite: the factor of the second element of each pair. */
  double v1();
}
