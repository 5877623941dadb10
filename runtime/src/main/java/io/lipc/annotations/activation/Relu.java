package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code max(t, 0)}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Relu {}
