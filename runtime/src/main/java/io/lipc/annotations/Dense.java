package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A fully connected layer {@code y = W x + b}, with weights from the {@link WeightsFile}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Dense {
  /** The number of outputs, at least 1: the rows of W and the elements of b. */
  int value();

  /** Whether the bias {@code b} is read from the weights and added; by default it is. */
  boolean bias() default true;
}
