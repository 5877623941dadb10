package io.lipc.certificate.positivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.positivity.QuadraticForm.Term;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The matrices entry by entry, against plain sums of integers, which doubles hold. */
final class QuadraticFormTest {

  private final Random random = new Random(13);

  private static Dyadic exact(double value) {
    return Dyadic.of(value);
  }

  private static List<Term<Dyadic>> linear(int from, double... factors) {
    return QuadraticForm.linear(from, DoubleStream.of(factors).mapToObj(Dyadic::of).toList());
  }

  /** With zeros where rows begin late, and the same for rows over the wrong columns. */
  private static double[][] full(List<List<Dyadic>> lower) {
    double[][] full = new double[lower.size()][lower.size()];
    for (int i = 0; i < full.length; i++) {
      List<Dyadic> row = lower.get(i);
      assertThat(row.size()).isBetween(1, i + 1);
      for (int j = 0; j <= i; j++) {
        int at = j - (i + 1 - row.size());
        full[i][j] = at < 0 ? 0 : row.get(at).middle() + 0.0;
      }
    }
    return full;
  }

  /**
   * Twice the form, of coefficients j at most i, without zero rows and with a diagonal in [1/2, 2).
   */
  private static double[][] expected(double[][] form) {
    int[] kept =
        IntStream.range(0, form.length)
            .filter(
                i ->
                    IntStream.range(0, form.length)
                        .anyMatch(j -> form[Math.max(i, j)][Math.min(i, j)] != 0))
            .toArray();
    double[] scales =
        Arrays.stream(kept)
            .mapToDouble(
                i -> {
                  double scale = 1;
                  while (2 * form[i][i] * scale * scale >= 2) {
                    scale /= 2;
                  }
                  while (2 * form[i][i] * scale * scale < 0.5) {
                    scale *= 2;
                  }
                  return scale;
                })
            .toArray();
    double[][] matrix = new double[kept.length][kept.length];
    for (int i = 0; i < kept.length; i++) {
      for (int j = 0; j <= i; j++) {
        double entry = form[kept[i]][kept[j]] * scales[i] * scales[j];
        matrix[i][j] = (i == j ? 2 * entry : entry) + 0.0;
      }
    }
    return matrix;
  }

  private double[] integers(int size) {
    return IntStream.range(0, size)
        .mapToDouble(_ -> random.nextInt(3) == 0 ? 0 : random.nextInt(-9, 10))
        .toArray();
  }

  @Test
  void termsAreTheNonZeroOnes() {
    assertThat(linear(3, 0, 2, 0, -5))
        .containsExactly(new Term<>(4, exact(2)), new Term<>(6, exact(-5)));
  }

  @Test
  void productsOfLinearForms() {
    for (int round = 0; round < 300; round++) {
      int size = random.nextInt(1, 8);
      QuadraticForm<Dyadic> form = new QuadraticForm<>(size, Dyadic::of, new Work(() -> {}));
      double[][] sums = new double[size][size];
      for (int k = 0; k < random.nextInt(1, 4); k++) {
        double factor = random.nextInt(-3, 4);
        double[] p = integers(size);
        double[] q = integers(size);
        form.add(exact(factor), linear(0, p), linear(0, q));
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            sums[Math.max(i, j)][Math.min(i, j)] += factor * p[i] * q[j];
          }
        }
      }
      for (int i = 0; i < size; i++) {
        double large = Math.scalb(300.0, random.nextInt(20));
        form.add(exact(large), linear(i, 1), linear(i, 1));
        sums[i][i] += large;
      }
      double[][] sum = sums;
      assertThat(form.matrix(0, exact(0)))
          .hasValueSatisfying(lower -> assertThat(full(lower)).isDeepEqualTo(expected(sum)));
    }
  }

  @Test
  void diagonalsAreScaledToOneHalfUpToTwo() {
    for (int exponent = -20; exponent <= 20; exponent++) {
      for (double mantissa : new double[] {1, 1.5, Math.nextDown(2.0)}) {
        QuadraticForm<Dyadic> form = new QuadraticForm<>(1, Dyadic::of, new Work(() -> {}));
        double coefficient = Math.scalb(mantissa, exponent);
        form.add(exact(coefficient), linear(0, 1), linear(0, 1));
        double scaled = form.matrix(0, exact(0)).orElseThrow().getFirst().getFirst().middle();
        assertThat(scaled).isGreaterThanOrEqualTo(0.5).isLessThan(2);
        assertThat(Math.scalb(1.0, Math.getExponent(scaled)) * mantissa).isEqualTo(scaled);
        assertThat(Math.getExponent(scaled / coefficient / 2) % 2).isZero();
      }
    }
  }

  /** The square of the input, times rho, is added; what it has no product of is eliminated. */
  @Test
  void inputsAreAddedOrEliminated() {
    for (int round = 0; round < 300; round++) {
      int count = random.nextInt(1, 4);
      int rest = random.nextInt(1, 5);
      int size = count + rest;
      double rho = random.nextInt(3);
      boolean free = random.nextBoolean();
      double[][] sums = new double[size][size];
      QuadraticForm<Dyadic> form = new QuadraticForm<>(size, Dyadic::of, new Work(() -> {}));
      for (int i = free ? count : 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          sums[i][j] = i == j ? 4096 : random.nextInt(3) == 0 ? 0 : random.nextInt(-9, 10);
          form.add(exact(sums[i][j]), linear(i, 1), linear(j, 1));
        }
      }
      Optional<List<List<Dyadic>>> matrix = form.matrix(count, exact(rho));
      double[][] expected =
          free && rho > 0 ? eliminated(sums, count, rho) : withInputs(sums, count, rho);
      boolean positive =
          IntStream.range(0, expected.length)
              .allMatch(
                  i ->
                      expected[i][i] > 0
                          || IntStream.range(0, expected.length)
                              .allMatch(j -> expected[Math.max(i, j)][Math.min(i, j)] == 0));
      if (positive) {
        assertThat(matrix)
            .hasValueSatisfying(lower -> assertThat(full(lower)).isDeepEqualTo(expected(expected)));
      } else {
        assertThat(matrix).isEmpty();
      }
    }
  }

  private static double[][] withInputs(double[][] form, int count, double rho) {
    double[][] sum = Arrays.stream(form).map(double[]::clone).toArray(double[][]::new);
    IntStream.range(0, count).forEach(k -> sum[k][k] += rho);
    return sum;
  }

  /** {@code 4 rho t - sum_k l_k^2}. */
  private static double[][] eliminated(double[][] form, int count, double rho) {
    int size = form.length - count;
    double[][] rest = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double squares = 0;
        for (int k = 0; k < count; k++) {
          squares += form[count + i][k] * form[count + j][k];
        }
        rest[i][j] = 4 * rho * form[count + i][count + j] - (i == j ? squares : 2 * squares);
      }
    }
    return rest;
  }

  @Test
  void gainsAreMatricesOfTheSmallerSide() throws FormatException {
    for (int round = 0; round < 200; round++) {
      int rows = random.nextInt(1, 5);
      int columns = random.nextInt(1, 5);
      double[] values = integers(rows * columns);
      double gain = random.nextInt(40, 80);
      Tensor weight = Tensor.of("w", ElementType.F64, List.of(rows, columns), values);
      int size = Math.min(rows, columns);
      double[][] sums = new double[size][size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          double product = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            product +=
                rows < columns
                    ? values[i * columns + k] * values[j * columns + k]
                    : values[k * columns + i] * values[k * columns + j];
          }
          sums[i][j] = i == j ? gain * gain - product : -2 * product;
        }
      }
      assertThat(QuadraticForm.norm(weight, gain, Dyadic::of, new Work(() -> {})))
          .hasValueSatisfying(lower -> assertThat(full(lower)).isDeepEqualTo(expected(sums)));
    }
  }

  private static Optional<List<List<Dyadic>>> single(double coefficient) {
    QuadraticForm<Dyadic> form = new QuadraticForm<>(2, Dyadic::of, new Work(() -> {}));
    form.add(exact(coefficient), linear(0, 1), linear(0, 1));
    form.add(exact(1), linear(1, 1), linear(1, 1));
    return form.matrix(0, exact(0));
  }

  @Test
  void diagonalsHaveToBePositiveNormalNumbers() {
    assertThat(single(-1)).isEmpty();
    assertThat(single(-0x1p-1074)).isEmpty();
    assertThat(single(0x1p-1024)).isEmpty();
    assertThat(single(0x1p-1023)).isPresent();
    assertThat(single(Double.MAX_VALUE / 2)).isPresent();
    assertThat(single(0x1p1023)).isEmpty();
    for (double poison : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      QuadraticForm<Ball> form = new QuadraticForm<>(1, Ball::of, new Work(() -> {}));
      form.add(new Ball(poison, 0), List.of(new Term<>(0, Ball.of(1))), oneBall());
      assertThat(form.matrix(0, Ball.of(0))).isEmpty();
    }
  }

  private static List<Term<Ball>> oneBall() {
    return List.of(new Term<>(0, Ball.of(1)));
  }

  @Test
  void coordinatesWithoutASquareAreNotLeftOut() {
    QuadraticForm<Dyadic> form = new QuadraticForm<>(3, Dyadic::of, new Work(() -> {}));
    form.add(exact(1), linear(0, 1), linear(0, 1));
    form.add(exact(1), linear(0, 1), linear(2, 1));
    assertThat(form.matrix(0, exact(0))).isEmpty();
    form.add(exact(1), linear(2, 1), linear(2, 1));
    assertThat(form.matrix(0, exact(0)))
        .hasValueSatisfying(
            lower -> assertThat(full(lower)).isDeepEqualTo(new double[][] {{0.5, 0}, {0.25, 0.5}}));
    assertThat(new QuadraticForm<>(3, Dyadic::of, new Work(() -> {})).matrix(0, exact(0)))
        .hasValue(List.of());
  }

  /** 2^24 entries left of the diagonal: 5793 whole rows, and 688 entries of one more. */
  @Test
  void entriesHaveALimit() {
    QuadraticForm<Dyadic> form = new QuadraticForm<>(5794, Dyadic::of, new Work(() -> {}));
    List<Term<Dyadic>> all = new ArrayList<>();
    IntStream.range(0, 5793).forEach(i -> all.add(new Term<>(i, exact(1))));
    form.add(exact(1), linear(0, 1), all);
    form.add(exact(1), linear(5793, 1), linear(5793 - 688, 1));
    form.add(exact(1), linear(5793, 1), linear(5500, 1));
    assertThatThrownBy(() -> form.add(exact(1), linear(5793, 1), linear(5793 - 689, 1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("more than 16777216 entries");
  }

  private static List<Integer> lengths(Optional<List<List<Dyadic>>> matrix) {
    return matrix.orElseThrow().stream().map(List::size).toList();
  }

  /** The longest row counts in the shift of Cholesky, and all entries against the limit. */
  @Test
  void rowsBeginWithTheirFirstProduct() throws FormatException {
    QuadraticForm<Dyadic> form = new QuadraticForm<>(4, Dyadic::of, new Work(() -> {}));
    for (int i : new int[] {0, 2, 3}) {
      form.add(exact(1), linear(i, 1), linear(i, 1));
    }
    form.add(exact(0), linear(3, 1), linear(0, 1));
    form.add(exact(1), linear(3, 1), linear(2, 1));
    assertThat(lengths(form.matrix(0, exact(0)))).containsExactly(1, 1, 2);
    Tensor weight =
        Tensor.of("w", ElementType.F64, List.of(3, 3), new double[] {0, 1, 1, 0, 2, 1, 0, 0, 0});
    assertThat(lengths(QuadraticForm.norm(weight, 9, Dyadic::of, new Work(() -> {}))))
        .containsExactly(1, 1, 2);
  }

  /** Products of words: of forms that are added, of rows looked at and multiplied, of entries. */
  @Test
  void workIsCountedBeforeItIsDone() {
    Work work = new Work(() -> {});
    QuadraticForm<Dyadic> form = new QuadraticForm<>(3, Dyadic::of, work);
    form.add(exact(1), linear(0, 1, 1), linear(0, 1, 1, 1));
    form.add(exact(0), linear(0, 1, 1), linear(0, 1, 1, 1));
    assertSpent(work, 2 * 8 * 3 * 8 + 6 * 8);
    Work other = new Work(() -> {});
    QuadraticForm<Dyadic> coupled = new QuadraticForm<>(5, Dyadic::of, other);
    for (int i : new int[] {2, 3, 4}) {
      coupled.add(exact(9), linear(i, 1), linear(i, 1));
    }
    coupled.add(exact(1), linear(2, 1), linear(0, 1));
    coupled.add(exact(1), linear(3, 1), linear(1, 1));
    coupled.matrix(2, exact(1));
    // Five products of 8 words each; three rows of two columns, two of them used, of one entry
    // each; three rows kept, of four entries; and sums of 8 words: five of products, four in the
    // rest, of which one is zero, and two squares.
    assertSpent(other, 5 * 8 * 8 + 11 * 8 + 3 * 2 + 2 * 2 + 2 * 8 + 3 * 3 + 32 * 8 * 4);
  }

  private static void assertSpent(Work work, long products) {
    work.spend((1L << 28) - products);
    assertThatThrownBy(() -> work.spend(1)).isInstanceOf(ArithmeticException.class);
  }
}
