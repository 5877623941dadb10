package io.lipc.certificate.linear;

import java.util.Optional;

/**
 * A map by a matrix or a kernel among the weights. Its gain cannot be read off: certificates prove
 * a number, each with a witness, or use the rows.
 */
public sealed interface Weighted extends LinearMap permits Convolution, Matrix {

  /** The name of the tensor that it multiplies by. */
  String weight();

  /** The name of the tensor that it adds; empty if there is none. */
  Optional<String> bias();
}
