package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The elements of its operand in another order, which changes no distance: {@code y_i =
 * x_value[i]}. The shape stays; elements are counted from 0, the last extent fastest.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Permute {
  /** The number of the operand's element for each element of the result; each number once. */
  int[] value();
}
