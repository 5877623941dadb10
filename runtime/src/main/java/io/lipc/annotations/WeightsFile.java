package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the file of the weights: a safetensors file of type F32 or F64. A layer {@code h1} reads
 * {@code h1.weight}, of shape {@code [out, in]}, and {@code h1.bias}, of shape {@code [out]};
 * {@link Tensor} renames them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface WeightsFile {
  /**
   * The name of the file, looked up among the compiled resources (in the package, then in the
   * root), then in the sources, then in the folder that the compiler option {@code lipc.root}
   * names. It may not leave these roots.
   */
  String value();
}
