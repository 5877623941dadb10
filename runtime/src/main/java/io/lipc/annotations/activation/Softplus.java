package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code log(1 + e^t)}, everywhere: no switch to t for large arguments. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Softplus {}
