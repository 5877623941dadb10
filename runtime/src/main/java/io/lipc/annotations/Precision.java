package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The binary format of weights, constants and evaluation; without it {@link FloatFormat#F32}. Every
 * number is rounded to it once, when it is read.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Precision {
  /** The binary format of all numbers of the network, such as {@link FloatFormat#F64}. */
  FloatFormat value();
}
