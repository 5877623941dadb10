package io.lipc.certificate.positivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Congruences;
import io.lipc.certificate.PositivityWitness.Congruence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

final class PositivityTest {

  /** Everything that the three procedures say of one matrix of doubles. */
  private record Answers(boolean exact, boolean congruence, boolean cholesky) {

    static Answers of(double[][] matrix) {
      Congruence witness = Congruences.of(matrix);
      return new Answers(
          Decide.eliminates(lower(matrix, Dyadic::of)) == Decision.POSITIVE,
          Decide.congruent(witness.rows(), lower(matrix, Dyadic::of)) == Decision.POSITIVE,
          Decide.factorises(lower(matrix, Ball::of)) == Decision.POSITIVE);
    }
  }

  private static <E> List<List<E>> lower(double[][] matrix, DoubleFunction<E> number) {
    List<List<E>> rows = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      List<E> row = new ArrayList<>();
      for (int j = 0; j <= i; j++) {
        row.add(number.apply(matrix[i][j]));
      }
      rows.add(row);
    }
    return rows;
  }

  /** {@code V V' + shift I} scaled to a diagonal near 1, with small integers in V of given rank. */
  private static double[][] gram(Random random, int size, int rank, double shift) {
    double[][] v = new double[size][rank];
    for (double[] row : v) {
      for (int k = 0; k < rank; k++) {
        row[k] = random.nextInt(7) - 3;
      }
    }
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < rank; k++) {
          matrix[i][j] += v[i][k] * v[j][k];
        }
        matrix[i][j] = (matrix[i][j] + (i == j ? shift : 0)) / 16;
      }
      matrix[i][i] = Math.max(matrix[i][i], 0.5);
    }
    return matrix;
  }

  @Test
  void allProceduresProveWhatIsWellPositive() {
    Random random = new Random(1);
    for (int size = 0; size < 30; size++) {
      Answers answers = Answers.of(gram(random, size, size, 1));
      assertThat(answers).isEqualTo(new Answers(true, true, true));
    }
  }

  @Test
  void theProceduresNeverContradictEachOther() {
    Random random = new Random(2);
    int undecided = 0;
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      int size = 2 + random.nextInt(10);
      double shift = Math.scalb((double) random.nextInt(9) - 4, -random.nextInt(60));
      Answers answers = Answers.of(gram(random, size, size + random.nextInt(3) - 2, shift));
      if (!answers.exact()) {
        refused++;
        assertThat(answers).isEqualTo(new Answers(false, false, false));
      } else if (!answers.congruence() || !answers.cholesky()) {
        undecided++;
      }
    }
    // The matrices lie on both sides of the border, and near it.
    assertThat(refused).isGreaterThan(40);
    assertThat(undecided).isGreaterThan(40);
  }

  /** {@code G G' + shift I} for a banded lower triangular G of small integers. */
  private static double[][] banded(Random random, int size, int band, double shift) {
    double[][] g = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = Math.max(0, i - band); j <= i; j++) {
        g[i][j] = (random.nextInt(7) - 3) / 4.0;
      }
    }
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          matrix[i][j] += g[i][k] * g[j][k];
        }
      }
      matrix[i][i] += shift;
    }
    return matrix;
  }

  /** Rows without the zeros before their first entry. */
  private static <E> List<List<E>> shortened(double[][] matrix, DoubleFunction<E> number) {
    List<List<E>> rows = new ArrayList<>();
    for (int i = 0; i < matrix.length; i++) {
      int first = 0;
      while (first < i && matrix[i][first] == 0) {
        first++;
      }
      rows.add(lower(matrix, number).get(i).subList(first, i + 1));
    }
    return rows;
  }

  @Test
  void zerosBeforeARowMayBeLeftOut() {
    Random random = new Random(7);
    int proved = 0;
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      double shift = Math.scalb((double) random.nextInt(9) - 4, -random.nextInt(56));
      double[][] matrix = banded(random, 2 + random.nextInt(14), random.nextInt(4), shift);
      Congruence witness = Congruences.of(matrix);
      Decision exact = Decide.eliminates(lower(matrix, Dyadic::of));
      Decision byCholesky = Decide.factorises(shortened(matrix, Ball::of));
      assertThat(Decide.eliminates(shortened(matrix, Dyadic::of))).isEqualTo(exact);
      assertThat(Decide.congruent(witness.rows(), shortened(matrix, Dyadic::of)))
          .isEqualTo(Decide.congruent(witness.rows(), lower(matrix, Dyadic::of)));
      refused += exact == Decision.POSITIVE ? 0 : 1;
      proved += byCholesky == Decision.POSITIVE ? 1 : 0;
      assertThat(byCholesky == Decision.NOT_PROVED || exact == Decision.POSITIVE).isTrue();
    }
    assertThat(refused).isGreaterThan(30);
    assertThat(proved).isGreaterThan(30);
  }

  @Test
  void manyShortRowsAreFactorised() {
    List<List<Ball>> rows = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      rows.add(i == 0 ? List.of(Ball.of(1)) : List.of(Ball.of(-0.4999), Ball.of(1)));
    }
    assertThat(Decide.factorises(rows)).isEqualTo(Decision.POSITIVE);
    rows.set(50_000, List.of(Ball.of(-1.2), Ball.of(1)));
    assertThat(Decide.factorises(rows)).isEqualTo(Decision.NOT_PROVED);
  }

  @Test
  void onlyEliminationDecidesASingularMatrix() {
    double[][] singular = {{1, 1, 0}, {1, 1, 0}, {0, 0, 1}};
    assertThat(Answers.of(singular)).isEqualTo(new Answers(true, false, false));
  }

  @Test
  void aZeroPivotNeedsAZeroColumn() {
    double[][] indefinite = {{1, 1, 1}, {1, 1, 0.5}, {1, 0.5, 2}};
    assertThat(Answers.of(indefinite)).isEqualTo(new Answers(false, false, false));
    double[][] zeroRow = {{0, 0}, {0, 1}};
    assertThat(Answers.of(zeroRow).exact()).isTrue();
  }

  @Test
  void eliminationGoesOnBehindAZeroPivot() {
    double[][] matrix = {{1, 1, 0}, {1, 1, 0}, {0, 0, -1}};
    assertThat(Answers.of(matrix)).isEqualTo(new Answers(false, false, false));
    double[][] longer = {{4, 2, 2, 0}, {2, 1, 1, 0}, {2, 1, 2, 1}, {0, 0, 1, 0.875}};
    assertThat(Answers.of(longer).exact()).isFalse();
  }

  @Test
  void oneUlpBelowSingularIsRefused() {
    double[][] matrix = {{1, 1}, {1, Math.nextDown(1.0)}};
    assertThat(Answers.of(matrix)).isEqualTo(new Answers(false, false, false));
    matrix[1][1] = Math.nextUp(1.0);
    assertThat(Answers.of(matrix).exact()).isTrue();
  }

  @Test
  void radiiCountAgainstTheProof() {
    Ball one = Ball.of(1);
    List<List<Ball>> sharp = List.of(List.of(one), List.of(Ball.of(0.5), one));
    List<List<Ball>> blurred = List.of(List.of(one), List.of(new Ball(0.5, 0.5), one));
    assertThat(Decide.factorises(sharp)).isEqualTo(Decision.POSITIVE);
    assertThat(Decide.factorises(blurred)).isEqualTo(Decision.NOT_PROVED);
  }

  @Test
  void notANumberIsNeverPositive() {
    for (double poison : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      List<List<Ball>> matrix =
          List.of(List.of(Ball.of(1)), List.of(new Ball(poison, 0), Ball.of(1)));
      assertThat(Decide.factorises(matrix)).isEqualTo(Decision.NOT_PROVED);
      List<List<Ball>> radius = List.of(List.of(new Ball(1, poison)));
      assertThat(Decide.factorises(radius)).isEqualTo(Decision.NOT_PROVED);
    }
  }

  @Test
  void witnessHasToFit() {
    List<List<Dyadic>> one = List.of(List.of(Dyadic.of(1)));
    assertThat(Decide.congruent(List.of(List.of(3L)), one)).isEqualTo(Decision.POSITIVE);
    assertThat(Decide.congruent(List.of(), one)).isEqualTo(Decision.FOREIGN_WITNESS);
    assertThat(Decide.congruent(List.of(List.of(0L)), one)).isEqualTo(Decision.FOREIGN_WITNESS);
    assertThat(Decide.congruent(List.of(List.of(1L, 1L)), one)).isEqualTo(Decision.FOREIGN_WITNESS);
  }
}
