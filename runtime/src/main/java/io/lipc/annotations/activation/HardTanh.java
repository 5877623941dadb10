package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code min(max(t, -1), 1)}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface HardTanh {}
