package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sorts neighbouring pairs: {@code y[2i] = max(x[2i], x[2i+1])} and {@code y[2i+1]} the minimum.
 * The number of elements is even. It preserves the norm of gradients (GroupSort with groups of two,
 * Anil et al. 2019).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface MaxMin {}
