package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The elements of its operand in another shape. Their order stays, the last extent fastest in both;
 * it costs nothing at run time.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Reshape {
  /** The extents of the result, outermost first, all positive: {@code {28, 28}}. */
  int[] value();
}
