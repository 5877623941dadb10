package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The elementwise sum of two or more operands of one shape: {@code a + b + ...}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Add {}
