package io.lipc.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A bound for an input, or for one of its elements, in {@link Slopes}; each element by itself. */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Slope {
  /** The name of the input. */
  String input();

  /** The number of an element of the input, from 0; without it, all of them. */
  int element() default -1;

  /**
   * How far an output may move where the element moves by 1, finite and not negative: in units of
   * the outputs per unit of the input. Exactly this double is proved or refused.
   */
  double atMost();
}
