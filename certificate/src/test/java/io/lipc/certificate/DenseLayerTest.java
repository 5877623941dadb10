package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DenseLayerTest {

  /** Around the numbers of rows that go together; the last one is shared among threads. */
  private static final int[][] SHAPES = {
    {1, 1}, {3, 5}, {4, 7}, {5, 1}, {63, 9}, {64, 3}, {65, 17}, {131, 2}, {301, 400}
  };

  private static Tensor tensor(SplittableRandom random, List<Integer> shape, int size)
      throws FormatException {
    double[] values = random.doubles(size, -1, 1).toArray();
    return Tensor.of("w", ElementType.F64, shape, values);
  }

  @Test
  void everySumRunsFromLeftToRight() throws FormatException {
    SplittableRandom random = new SplittableRandom(7);
    for (int[] shape : SHAPES) {
      Tensor weight = tensor(random, List.of(shape[0], shape[1]), shape[0] * shape[1]);
      Tensor bias = tensor(random, List.of(shape[0]), shape[0]);
      List<double[]> inputs =
          Stream.generate(() -> random.doubles(shape[1], -1, 1).toArray()).limit(3).toList();
      List<double[]> with = DenseLayer.apply(weight, Optional.of(bias), inputs);
      List<double[]> without = DenseLayer.apply(weight, Optional.empty(), inputs);
      for (int k = 0; k < inputs.size(); k++) {
        for (int i = 0; i < shape[0]; i++) {
          assertThat(with.get(k)[i]).isEqualTo(sum(bias.get(i), weight, i, inputs.get(k)));
          assertThat(without.get(k)[i]).isEqualTo(sum(0, weight, i, inputs.get(k)));
        }
      }
    }
  }

  private static double sum(double first, Tensor weight, int row, double[] x) {
    double sum = first;
    for (int j = 0; j < x.length; j++) {
      sum += weight.get(row * x.length + j) * x[j];
    }
    return sum;
  }
}
