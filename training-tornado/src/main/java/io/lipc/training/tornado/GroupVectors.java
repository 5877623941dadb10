package io.lipc.training.tornado;

import io.lipc.model.activation.Activation;

/** The constants of activations of groups, as kernels read them. */
final class GroupVectors {

  private GroupVectors() {}

  static double[] of(Activation.Grouped activation) {
    return activation.parameters().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
