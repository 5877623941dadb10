package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Joins two or more operands, one after the other, into one vector. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Concat {}
