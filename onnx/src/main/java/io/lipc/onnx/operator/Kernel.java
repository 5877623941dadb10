package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import java.util.List;
import java.util.Optional;

/**
 * The constants of a convolution of images.
 *
 * @param weight {@code [channels, read channels / groups, height, width]}
 * @param bias one number per channel, if one is added
 * @param groups divides both numbers of channels
 */
record Kernel(OnnxConstant weight, Optional<double[]> bias, int groups) {

  /** The number of channels that it gives. */
  int channels() {
    return weight.shape().getFirst();
  }

  /** {@code [height, width]}. */
  List<Integer> extents() {
    return weight.shape().subList(2, 4);
  }
}
