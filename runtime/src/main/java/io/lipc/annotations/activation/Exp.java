package io.lipc.annotations.activation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Refused, always: {@code e^t} has unbounded slope, so no Lipschitz bound exists. The annotation
 * exists so that the compiler can say this, with what to use instead.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Exp {}
