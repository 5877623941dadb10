package io.lipc.runtime.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ColumnsTest {

  /** Around the sides of tiles, and one that several threads share. */
  private static final int[][] SHAPES = {
    {1, 1}, {1, 700}, {700, 1}, {63, 255}, {64, 256}, {65, 257}, {130, 511}, {40, 30}, {500, 513}
  };

  private static Tensor matrix(ElementType type, int rows, int columns) throws FormatException {
    SplittableRandom random = new SplittableRandom(rows);
    double[] values = random.doubles((long) rows * columns, -1, 1).map(type::round).toArray();
    return Tensor.of("w", type, List.of(rows, columns), values);
  }

  @Test
  void columnsAreTheTransposedMatrix() throws FormatException {
    for (int[] shape : SHAPES) {
      Tensor single = matrix(ElementType.F32, shape[0], shape[1]);
      float[][] floats = new float[shape[1]][shape[0]];
      Columns.fill(single, floats);
      Tensor exact = matrix(ElementType.F64, shape[0], shape[1]);
      double[][] doubles = new double[shape[1]][shape[0]];
      Columns.fill(exact, doubles);
      for (int i = 0; i < shape[0]; i++) {
        for (int k = 0; k < shape[1]; k++) {
          assertThat(floats[k][i]).isEqualTo((float) single.get(i * shape[1] + k));
          assertThat(doubles[k][i]).isEqualTo(exact.get(i * shape[1] + k));
        }
      }
    }
  }
}
