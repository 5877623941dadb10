package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest element of each channel of an image in a window, which moves within the image. One
 * number counts for both axes; two are down and right.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface MaxPool {
  /** The height and width of the window. */
  int[] value();

  /** The stride: the pixels by which the window moves; its own size, unless it is given. */
  int[] stride() default {};
}
