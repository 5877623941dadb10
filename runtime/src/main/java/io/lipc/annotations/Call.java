package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Applies another network to the operand. Of that network only its certified bound is used. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Call {
  /** The interface that declares it. */
  Class<?> value();
}
