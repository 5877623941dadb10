package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cells of 2 x 3 pixels of the output, of 4 x 3 of the input: each phase has a row of its own. */
class SymbolTest {

  private static final int CHANNELS = 3;
  private static final int READ = 2;
  private static final int KERNEL = 3;
  private static final int[] OUTER = {2, 3};
  private static final int[] INNER = {4, 3};

  private final Axis down = new Axis(KERNEL, 2, 1, 1, 1);
  private final Axis right = new Axis(KERNEL, 1, 1, 1, 1);
  private final Convolution map =
      new Convolution(
          new Grid(READ, 16, 12), CHANNELS, new Window(down, right), 1, "k", Optional.empty());
  private final double[] kernel =
      new Random(1).doubles(CHANNELS * READ * KERNEL * KERNEL, -1, 1).toArray();

  /** {@code K(w)} by its definition: a wave of one phase of one channel, read by the window. */
  private double[] entry(double down, double right, int row, int column) {
    int o = row / (OUTER[0] * OUTER[1]);
    int a = row % (OUTER[0] * OUTER[1]);
    int i = column / (INNER[0] * INNER[1]);
    int r = column % (INNER[0] * INNER[1]);
    double real = 0;
    double imaginary = 0;
    for (int u = 0; u < KERNEL; u++) {
      for (int v = 0; v < KERNEL; v++) {
        int y = 2 * (a / OUTER[1]) + u - 1;
        int x = a % OUTER[1] + v - 1;
        boolean same =
            Math.floorMod(y, INNER[0]) == r / INNER[1]
                && Math.floorMod(x, INNER[1]) == r % INNER[1];
        double factor = kernel[((o * READ + i) * KERNEL + u) * KERNEL + v];
        double angle = down * Math.floorDiv(y, INNER[0]) + right * Math.floorDiv(x, INNER[1]);
        real += same ? factor * Math.cos(angle) : 0;
        imaginary += same ? factor * Math.sin(angle) : 0;
      }
    }
    return new double[] {real, imaginary};
  }

  @Test
  void everyRowAndColumnIsItsOwn() {
    Circle vertical = new Circle(down, 5, OUTER[0], 0);
    Circle horizontal = new Circle(right, 4, OUTER[1], 0.5);
    Symbol symbol = Symbol.ofAll(map, kernel, vertical, horizontal);
    assertThat(symbol.rows()).isEqualTo(18);
    assertThat(symbol.columns()).isEqualTo(24);
    for (int j = 0; j < 5; j++) {
      for (int k = 0; k < 4; k++) {
        ComplexMatrix matrix = symbol.matrix(0, j, k);
        for (int row = 0; row < 18; row++) {
          for (int column = 0; column < 24; column++) {
            double[] entry = entry(2 * Math.PI * j / 5, 2 * Math.PI * (k + 0.5) / 4, row, column);
            assertThat(matrix.real[row][column]).isCloseTo(entry[0], within(1e-13));
            assertThat(matrix.imaginary[row][column]).isCloseTo(entry[1], within(1e-13));
          }
        }
      }
    }
  }

  /** Each group has its own kernel, reads its own channels, and stands on the diagonal. */
  @Test
  void groupsStandOnTheDiagonal() {
    Circle vertical = new Circle(down, 5, OUTER[0], 0);
    Circle horizontal = new Circle(right, 4, OUTER[1], 0.5);
    int groups = 3;
    double[] all = new Random(2).doubles(groups * kernel.length, -1, 1).toArray();
    Symbol symbol =
        Symbol.ofAll(
            new Convolution(
                new Grid(groups * READ, 16, 12),
                groups * CHANNELS,
                map.window(),
                groups,
                "k",
                Optional.empty()),
            all,
            vertical,
            horizontal);
    ComplexMatrix whole = symbol.whole(2, 1);
    assertThat(whole.rows()).isEqualTo(groups * 18);
    assertThat(whole.columns()).isEqualTo(groups * 24);
    for (int group = 0; group < groups; group++) {
      double[] own = Arrays.copyOfRange(all, group * kernel.length, (group + 1) * kernel.length);
      ComplexMatrix alone = Symbol.ofAll(map, own, vertical, horizontal).matrix(0, 2, 1);
      ComplexMatrix part = symbol.matrix(group, 2, 1);
      for (int row = 0; row < 18; row++) {
        assertThat(part.real[row]).containsExactly(alone.real[row]);
        assertThat(part.imaginary[row]).containsExactly(alone.imaginary[row]);
        for (int column = 0; column < groups * 24; column++) {
          boolean inside = column / 24 == group;
          double real = inside ? alone.real[row][column % 24] : 0;
          double imaginary = inside ? alone.imaginary[row][column % 24] : 0;
          assertThat(whole.real[18 * group + row][column]).isEqualTo(real);
          assertThat(whole.imaginary[18 * group + row][column]).isEqualTo(imaginary);
        }
      }
    }
  }
}
