package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The activation {@code t min(max(t + 3, 0), 6) / 6}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface HardSwish {}
