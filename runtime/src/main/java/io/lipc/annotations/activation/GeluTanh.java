package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t (1 + tanh(sqrt(2 / pi) (t + 0.044715 t^3))) / 2}: not {@link Gelu}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface GeluTanh {}
