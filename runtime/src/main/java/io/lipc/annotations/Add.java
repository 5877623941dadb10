package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sum of two or more layers of one shape. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Add {}
