package io.lipc.training;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Matrix;
import io.lipc.model.Network;
import io.lipc.training.parameterization.LinearLayer;

/** The matrices of a network's layers, as constructions take them. */
final class LinearLayers {

  private LinearLayers() {}

  /** The matrix of a dense layer. */
  static LinearLayer of(Network network, int layer) {
    Matrix dense = network.layers().get(layer).dense().orElseThrow();
    return new LinearLayer(dense.weight(), dense.bias(), dense.outputs(), dense.inputs());
  }

  /** The kernel of a convolution as a matrix: a row for each channel. */
  static LinearLayer of(Convolution map) {
    return new LinearLayer(map.weight(), map.bias(), map.channels(), map.taps());
  }
}
