package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the layer that the network returns; a network has exactly one. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Output {}
