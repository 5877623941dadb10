package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The logistic function {@code 1 / (1 + e^-t)} as an activation. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Sigmoid {}
