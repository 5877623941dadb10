package io.lipc.training.parameterization;

import io.lipc.model.Interval;
import java.util.Optional;

/**
 * A residual block {@code x + dense(activation(dense(x)))}.
 *
 * @param weight the name of the tensor W, {@code [width, size]}
 * @param bias the name of the tensor b, {@code [width]}; absent if there is none
 * @param back the name of the second tensor, {@code [size, width]}; it has no bias
 * @param width the number of activations
 * @param size the number of elements that the block reads and gives
 * @param slopes the interval [a, b] of the activation's difference quotients, {@code 0 <= a < b <=
 *     1}
 */
public record SllBlock(
    String weight, Optional<String> bias, String back, int width, int size, Interval slopes) {

  /** The first map, with its activation. */
  HiddenLayer first() {
    return new HiddenLayer(new LinearLayer(weight, bias, width, size), slopes);
  }

  /** The second map. */
  LinearLayer second() {
    return new LinearLayer(back, Optional.empty(), size, width);
  }
}
