package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The identity {@code t} as an activation: a layer that changes nothing. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Identity {}
