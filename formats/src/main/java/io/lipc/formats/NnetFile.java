package io.lipc.formats;

import java.util.List;

/**
 * The content of an {@code .nnet} file: a chain of dense layers with relu between them, and the
 * affine maps before and after it.
 *
 * <p>The network is {@code y = outputRange * chain((clip(x, minimums, maximums) - means) / ranges)
 * + outputMean}, elementwise.
 *
 * @param sizes the number of inputs, then the number of outputs of each layer
 * @param layers one for each pair of neighbours in {@code sizes}
 * @param minimums the lower end of each input, before normalisation
 * @param maximums the upper end of each input, not below the lower one
 * @param means what is subtracted from each input
 * @param ranges what each input is then divided by, not zero
 * @param outputMean what is added to each output
 * @param outputRange what each output is multiplied by before, not zero
 */
public record NnetFile(
    List<Integer> sizes,
    List<Layer> layers,
    List<Double> minimums,
    List<Double> maximums,
    List<Double> means,
    List<Double> ranges,
    double outputMean,
    double outputRange) {

  public NnetFile {
    sizes = List.copyOf(sizes);
    layers = List.copyOf(layers);
    minimums = List.copyOf(minimums);
    maximums = List.copyOf(maximums);
    means = List.copyOf(means);
    ranges = List.copyOf(ranges);
  }

  /**
   * One dense layer {@code W x + b}; a relu follows every layer but the last.
   *
   * @param weight W, F64, {@code [outputs, inputs]}, named {@code layer<k>.weight} with k from 1
   * @param bias b, F64, {@code [outputs]}, named {@code layer<k>.bias}
   */
  public record Layer(Tensor weight, Tensor bias) {}
}
