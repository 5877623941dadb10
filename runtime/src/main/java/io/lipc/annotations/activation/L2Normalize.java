package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The vector of length 1 in the direction of the whole vector: {@code z / |z|}, the length in l2.
 * Compiles only where lipc proves that z is at least as long as the value, for every input of the
 * declared box. Its gain in l2 is {@code 1 / value}. For inputs outside of the box it is {@code z /
 * max(|z|, value)}, with the same gain.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface L2Normalize {
  /** A length that no vector that it reads is below, for inputs of the box; positive. */
  double value();
}
