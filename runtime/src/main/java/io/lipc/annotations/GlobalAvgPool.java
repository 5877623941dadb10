package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The mean of each channel of an image over all its pixels: an image of one pixel. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface GlobalAvgPool {}
