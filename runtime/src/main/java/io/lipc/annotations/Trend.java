package io.lipc.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An input, or one of its elements, in {@link Monotone}; each element counts by itself. */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Trend {
  /** The name of the input. */
  String input();

  /** The number of an element of the input, from 0; without it, all of them. */
  int element() default -1;

  /** The number of an element of the output, from 0; without it, all of them. */
  int output() default -1;
}
