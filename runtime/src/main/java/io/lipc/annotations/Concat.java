package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Two or more layers, one after the other, as one vector. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Concat {}
