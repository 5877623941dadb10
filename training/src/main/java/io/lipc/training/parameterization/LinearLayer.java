package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import java.util.Optional;

/**
 * The place of a map {@code W x + b}.
 *
 * @param weight the name of the tensor W, {@code [outputs, inputs]}
 * @param bias the name of the tensor b, {@code [outputs]}; absent for a linear map
 * @param outputs positive
 * @param inputs positive
 */
public record LinearLayer(String weight, Optional<String> bias, int outputs, int inputs) {
  public LinearLayer {
    if (outputs < 1 || inputs < 1) {
      throw new IllegalArgumentException(
          "layer " + Quoted.code(weight) + " of shape [" + outputs + ", " + inputs + "]");
    }
  }
}
