package io.lipc.benchmarks;

import java.util.List;

/** The textbook's triple loop. */
final class NaiveDots implements Evaluator {

  private final List<Topology.Dense> layers;

  /** {@code weights[l][i][k]} is what input k of layer l counts in its output i. */
  private final float[][][] weights;

  /** {@code values[l][r]} is what layer l reads in row r. */
  private final float[][][] values;

  NaiveDots(List<Topology.Dense> layers, float[][] rows) {
    this.layers = layers;
    this.weights = new float[layers.size()][][];
    this.values = new float[layers.size() + 1][][];
    values[0] = rows;
    for (int l = 0; l < layers.size(); l++) {
      Topology.Dense layer = layers.get(l);
      weights[l] = new float[layer.outputs()][layer.inputs()];
      for (int i = 0; i < layer.outputs(); i++) {
        System.arraycopy(layer.weight(), i * layer.inputs(), weights[l][i], 0, layer.inputs());
      }
      values[l + 1] = new float[rows.length][layer.outputs()];
    }
  }

  @Override
  public Object run() {
    for (int l = 0; l < layers.size(); l++) {
      boolean relu = l < layers.size() - 1;
      apply(weights[l], layers.get(l).bias(), relu, values[l], values[l + 1]);
    }
    return values;
  }

  private static void apply(float[][] w, float[] bias, boolean relu, float[][] x, float[][] y) {
    for (int r = 0; r < x.length; r++) {
      for (int i = 0; i < w.length; i++) {
        float sum = bias[i];
        for (int k = 0; k < w[i].length; k++) {
          sum += w[i][k] * x[r][k];
        }
        y[r][i] = relu ? Math.max(sum, 0) : sum;
      }
    }
  }

  @Override
  public float[][] outputs() {
    return values[layers.size()];
  }
}
