package io.lipc.certificate.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The norm of matrices within ranges: not below that of any, and hardly above. */
final class SpectralNormTest {

  /** A guess may be this factor above the norm. */
  private static final double CLOSE = 1 + 0x1p-25;

  private static List<List<Range>> points(double[][] matrix) {
    return Arrays.stream(matrix)
        .map(row -> Arrays.stream(row).mapToObj(m -> new Range(m, m)).toList())
        .toList();
  }

  private static double of(List<List<Range>> rows) {
    return SpectralNorm.of(rows, _ -> {});
  }

  private static double[][] transposed(double[][] m) {
    return IntStream.range(0, m[0].length)
        .mapToObj(j -> Arrays.stream(m).mapToDouble(row -> row[j]).toArray())
        .toArray(double[][]::new);
  }

  private static void assertNorm(double[][] matrix, double norm) {
    assertThat(of(points(matrix))).isBetween(norm, norm * CLOSE);
    assertThat(of(points(transposed(matrix)))).isBetween(norm, norm * CLOSE);
  }

  @Test
  void matricesHaveTheirNorms() {
    assertNorm(new double[][] {{-2}}, 2);
    assertNorm(new double[][] {{0.25}}, 0.25);
    assertNorm(new double[][] {{3, 4}}, 5);
    assertNorm(new double[][] {{3, 0}, {0, 5}}, 5);
    assertNorm(new double[][] {{0, 0}, {0, -0.125}}, 0.125);
    assertNorm(new double[][] {{1, 2}, {3, 4}}, Math.sqrt(15 + Math.sqrt(221)));
    assertNorm(new double[][] {{1, 2}, {3, 4}, {0, 0}}, Math.sqrt(15 + Math.sqrt(221)));
    assertNorm(new double[][] {{1, 1}, {1, 1}, {1, 1}}, Math.sqrt(6));
    // Two eigenvalues are next to each other.
    assertNorm(new double[][] {{1, 0, 0}, {0, 1 - 0x1p-20, 0}, {0, 0, 0.5}}, 1);
  }

  @Test
  void nothingMovesWhereAllIsZero() {
    assertThat(of(points(new double[][] {{0, 0}, {0, -0.0}}))).isZero();
  }

  /** Squares of such numbers are none: nothing is known, and nothing is said. */
  @Test
  void whatHasNoSquareHasNoNorm() {
    for (double m : new double[] {1e200, 1e-200, Double.POSITIVE_INFINITY}) {
      assertThat(of(points(new double[][] {{1, 0}, {0, 1}}))).isFinite();
      assertThat(of(points(new double[][] {{m, 0}, {0, m}}))).isInfinite();
    }
    Range all = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(of(List.of(List.of(all)))).isInfinite();
  }

  /**
   * The square of such a number is rounded down by a quarter: the guess is too small, and is no
   * bound.
   */
  @Test
  void aGuessThatIsTooSmallIsNoBound() {
    double m = 0x1.3p-537;
    assertThat(m * m).isEqualTo(Double.MIN_VALUE);
    assertThat(of(points(new double[][] {{m}}))).isInfinite();
  }

  /** The distances from the middles are added. */
  @Test
  void rangesAreDistancesFromTheirMiddles() {
    assertThat(of(List.of(List.of(new Range(1, 3))))).isBetween(3.0, 3 * CLOSE);
    assertThat(of(List.of(List.of(new Range(-3, -1))))).isBetween(3.0, 3 * CLOSE);
    List<Range> around = List.of(new Range(-1, 1), new Range(-0.25, 0.25));
    assertThat(of(List.of(around, around))).isEqualTo(2.5);
    List<Range> row = List.of(new Range(2, 4), new Range(4, 4));
    assertThat(of(List.of(row))).isBetween(6.0, 6 * CLOSE);
    assertThat(of(List.of(List.of(new Range(0, Double.MIN_VALUE))))).isEqualTo(Double.MIN_VALUE);
    Range least = new Range(Double.MIN_VALUE, Double.MIN_VALUE);
    assertThat(of(List.of(List.of(least)))).isEqualTo(Double.MIN_VALUE);
    // Neither end is at a double's distance from the middle.
    double end = 1 + 0x1p-52;
    Range wide = new Range(-1, end);
    assertThat(of(List.of(List.of(wide)))).isBetween(end, end * CLOSE);
  }

  /** Random ranges: no matrix of theirs has a longer image of a vector. */
  @Test
  void noMatrixMovesMore() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int height = 1 + random.nextInt(4);
      int width = 1 + random.nextInt(4);
      double spread = random.nextBoolean() ? 1 : 0x1p-20;
      List<List<Range>> rows = new ArrayList<>();
      double[][] one = new double[height][width];
      double radii = 0;
      double squares = 0;
      for (int i = 0; i < height; i++) {
        List<Range> row = new ArrayList<>();
        for (int j = 0; j < width; j++) {
          double middle = random.nextGaussian();
          double radius = random.nextBoolean() ? 0 : spread * random.nextDouble();
          Range range = new Range(middle - radius, middle + radius);
          row.add(range);
          one[i][j] = random.nextBoolean() ? range.lower() : range.upper();
          radii += radius;
          squares += middle * middle;
        }
        rows.add(row);
      }
      double bound = of(rows);
      assertThat(bound).isGreaterThanOrEqualTo(moved(one, random) * (1 - 0x1p-40));
      assertThat(bound).isLessThanOrEqualTo((Math.sqrt(squares) + radii) * CLOSE);
    }
  }

  /** The largest ratio of a vector that the matrix turns into its longest image. */
  private static double moved(double[][] m, Random random) {
    double[] x = random.doubles(m[0].length, -1, 1).toArray();
    double ratio = 0;
    for (int k = 0; k < 30; k++) {
      double[] y = times(m, x);
      ratio = length(y) / length(x);
      x = times(transposed(m), y);
      double size = length(x);
      x = Arrays.stream(x).map(v -> v / size).toArray();
    }
    return ratio;
  }

  private static double[] times(double[][] m, double[] x) {
    return Arrays.stream(m)
        .mapToDouble(row -> IntStream.range(0, x.length).mapToDouble(j -> row[j] * x[j]).sum())
        .toArray();
  }

  private static double length(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
  }

  /** For 2 rows of 3 or 3 of 2: thirty squares of 2 times 2, and a factorisation. */
  @Test
  void productsAreCounted() {
    double[][] matrix = {{1, 2, 3}, {4, 5, 6}};
    for (double[][] one : List.of(matrix, transposed(matrix))) {
      AtomicLong products = new AtomicLong();
      SpectralNorm.of(points(one), products::addAndGet);
      assertThat(products.get()).isEqualTo(4 * (30 * 2 + 2 * 6));
    }
  }
}
