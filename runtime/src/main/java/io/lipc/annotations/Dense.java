package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A fully connected layer {@code y = W x + b}, with weights from the {@link WeightsFile}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Dense {
  /** The number of outputs, positive. */
  int value();

  /** Whether {@code b} is added. */
  boolean bias() default true;
}
