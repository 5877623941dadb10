package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The sine as an activation. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Sin {}
