package io.lipc.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the annotated interface is a network: each method is a layer, its parameters are
 * the layers that it reads. The compiler proves the declared bound, or refuses the interface, and
 * generates {@code <Name>Network} beside it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface CertifiedNetwork {
  /**
   * A file in the text form of the language that declares a network of the interface's name; the
   * interface is then empty. Or an ONNX model, with its bound by {@code @Lipschitz}.
   */
  String value() default "";

  /**
   * The name of the output that is the network's, for an ONNX model with several; left out where
   * there is one.
   */
  String output() default "";

  /**
   * The extents of inputs of an ONNX model that may be any numbers, such as {@code "x=1,3,48,192"},
   * once for each input; left out where the file states them.
   */
  String[] shape() default {};

  /**
   * The text of the language itself, as an alternative to a file; it declares a network of the
   * interface's name, and the interface is then empty.
   */
  String dsl() default "";
}
