package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t (1 + erf(t / sqrt(2))) / 2}, with the error function. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Gelu {}
