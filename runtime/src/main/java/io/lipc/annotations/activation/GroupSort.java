package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sorts each group of neighbouring elements, the largest first; groups of two are {@link MaxMin}.
 * It preserves the norm of gradients (GroupSort, Anil et al. 2019).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface GroupSort {
  /** The size of the groups: at least 2, a divisor of the number of elements. */
  int value();
}
