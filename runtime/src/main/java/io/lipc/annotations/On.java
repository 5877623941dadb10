package io.lipc.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The interval of an input, or of one of its elements, in the region of {@link LocalLipschitz},
 * {@link Monotone} or {@link Slopes}.
 */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface On {
  /** The name of the input. */
  String input();

  /** The number of an element of the input, from 0; without it, all of them. */
  int element() default -1;

  /** The lower end, not below that of the declared interval. */
  double min();

  /** The upper end, not above that of the declared interval; the lower end fixes the element. */
  double max();
}
