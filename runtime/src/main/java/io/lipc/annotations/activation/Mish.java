package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t tanh(log(1 + e^t))}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Mish {}
