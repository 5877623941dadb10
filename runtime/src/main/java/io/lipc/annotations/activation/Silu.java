package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** {@code t / (1 + e^-t)} as an activation: t times its sigmoid, also called swish. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Silu {}
