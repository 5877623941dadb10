package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A convolution of an image, {@code [channels, height, width]}, with weights from the {@link
 * WeightsFile}: K is {@code [channels, input channels / groups, kernel height, kernel width]} as
 * PyTorch stores it, and outside its grid the image is zero. It gives {@code (n + padding - kernel)
 * / stride + 1} pixels of n, rounded down.
 *
 * <p>One number counts for both axes; two are down and right.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Conv2d {
  /** The number of channels that it gives, at least 1. */
  int channels();

  /** The height and width of the kernel. */
  int[] kernel();

  /** The stride: the pixels by which the kernel moves; 1, unless it is given. */
  int[] stride() default 1;

  /** Rows and columns of zeros on each side; or four numbers: above, left, below, right. */
  int[] padding() default 0;

  /**
   * The dilation: the distance of the kernel's elements on the grid, in pixels; 1, unless it is
   * given.
   */
  int[] dilation() default 1;

  /**
   * The number of groups into which the channels are cut, each of which reads only its own part.
   */
  int groups() default 1;

  /** Whether a bias is read from the weights and added to each channel; by default it is. */
  boolean bias() default true;
}
