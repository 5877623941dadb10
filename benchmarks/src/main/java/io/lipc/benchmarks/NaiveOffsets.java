package io.lipc.benchmarks;

import java.util.List;

/**
 * The loop that one writes first, rows of weights added into one array: C2 does not vectorise it.
 */
final class NaiveOffsets implements Evaluator {

  /** {@code weight[k * outputs + j]} is what input k counts in output j. */
  private record Layer(int inputs, int outputs, float[] weight, float[] bias) {}

  private final List<Layer> layers;
  private final int rows;
  private final float[][] values;

  NaiveOffsets(List<Topology.Dense> layers, float[][] rows) {
    this.layers = layers.stream().map(NaiveOffsets::transposed).toList();
    this.rows = rows.length;
    this.values = new float[layers.size() + 1][];
    values[0] = new float[rows.length * rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, values[0], r * rows[r].length, rows[r].length);
    }
    for (int i = 0; i < layers.size(); i++) {
      values[i + 1] = new float[rows.length * layers.get(i).outputs()];
    }
  }

  private static Layer transposed(Topology.Dense layer) {
    float[] weight = new float[layer.weight().length];
    for (int j = 0; j < layer.outputs(); j++) {
      for (int k = 0; k < layer.inputs(); k++) {
        weight[k * layer.outputs() + j] = layer.weight()[j * layer.inputs() + k];
      }
    }
    return new Layer(layer.inputs(), layer.outputs(), weight, layer.bias());
  }

  @Override
  public Object run() {
    for (int i = 0; i < layers.size(); i++) {
      apply(layers.get(i), values[i], values[i + 1], rows);
      if (i < layers.size() - 1) {
        relu(values[i + 1]);
      }
    }
    return values;
  }

  private static void apply(Layer layer, float[] x, float[] y, int rows) {
    float[] w = layer.weight();
    int outputs = layer.outputs();
    for (int r = 0; r < rows; r++) {
      int o = r * outputs;
      System.arraycopy(layer.bias(), 0, y, o, outputs);
      for (int k = 0; k < layer.inputs(); k++) {
        float a = x[r * layer.inputs() + k];
        int p = k * outputs;
        for (int j = 0; j < outputs; j++) {
          y[o + j] += a * w[p + j];
        }
      }
    }
  }

  private static void relu(float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
  }

  @Override
  public float[][] outputs() {
    float[] last = values[layers.size()];
    int size = last.length / rows;
    float[][] outputs = new float[rows][size];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(last, r * size, outputs[r], 0, size);
    }
    return outputs;
  }
}
