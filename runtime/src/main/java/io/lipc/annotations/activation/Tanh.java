package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The hyperbolic tangent of each element as an activation; its slopes lie in [0, 1]. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Tanh {}
