package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each channel of an image over a window, which moves within the image. One number
 * counts for both axes; two are down and right.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface AvgPool {
  /** The height and width of the window. */
  int[] value();

  /** The stride: the pixels by which the window moves; its own size, unless it is given. */
  int[] stride() default {};
}
