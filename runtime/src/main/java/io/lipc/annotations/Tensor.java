package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Renames the tensors of a layer that has weights; without it they carry the layer's name. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Tensor {
  /**
   * The prefix of the tensors' names: {@code "fc1"} stands for {@code fc1.weight} and {@code
   * fc1.bias}.
   */
  String value();
}
