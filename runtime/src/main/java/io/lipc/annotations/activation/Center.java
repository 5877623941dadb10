package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Subtracts the mean of all elements, {@code z_i - mean(z)}: a linear operation whose gain in l2 is
 * 1.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Center {}
