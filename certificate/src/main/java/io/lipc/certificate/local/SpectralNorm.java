package io.lipc.certificate.local;

import io.lipc.certificate.PositivityWitness.VerifiedCholesky;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Dyadic;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A bound of the norm from l2 to l2 of all matrices within ranges.
 *
 * <p>Each is the matrix M of the middles and one whose elements are not above their distances from
 * the ends, whose norm is not above the sum of these. A number is guessed for M, and counts where
 * the procedure that proves gains of weights accepts it.
 */
final class SpectralNorm {

  /** So often the square of M is squared: then all but its largest eigenvalue is gone. */
  private static final int SQUARED = 30;

  /** A little more than the guess can be proved. */
  private static final double SLACK = 1 + 0x1p-26;

  private SpectralNorm() {}

  /**
   * The bound, rounded up; infinite where none is found.
   *
   * @param rows of as many ranges, at least one
   * @param spend is told how many products are taken; an exception ends it
   */
  static double of(List<List<Range>> rows, LongConsumer spend) {
    int columns = rows.getFirst().size();
    double[] middles = new double[rows.size() * columns];
    double apart = 0;
    for (int k = 0; k < middles.length; k++) {
      Range range = rows.get(k / columns).get(k % columns);
      middles[k] = range.lower() / 2 + range.upper() / 2;
      double above = Products.highSum(range.upper(), -middles[k]);
      double below = Products.highSum(middles[k], -range.lower());
      apart = Products.highSum(apart, Math.max(above, below));
    }
    if (Arrays.stream(middles).allMatch(m -> m == 0)) {
      return apart;
    }
    long size = Math.min(rows.size(), columns);
    spend.accept(Math.multiplyExact(size * size, SQUARED * size + 2L * middles.length));
    try {
      Tensor middle = Tensor.of("middles", ElementType.F64, List.of(rows.size(), columns), middles);
      double guess = guess(middle.rows()) * SLACK;
      return isBound(middle, guess) ? Products.highSum(guess, apart) : Double.POSITIVE_INFINITY;
    } catch (FormatException infinite) {
      return Double.POSITIVE_INFINITY;
    }
  }

  private static boolean isBound(Tensor matrix, double bound) {
    Work work = new Work(() -> {});
    return Double.isFinite(bound)
        && Positivity.decide(
                new VerifiedCholesky(),
                () -> QuadraticForm.norm(matrix, bound, Dyadic::of, work),
                () -> QuadraticForm.norm(matrix, bound, Ball::of, work),
                work)
            == Decision.POSITIVE;
  }

  /**
   * The root of the largest eigenvalue of M M' and M' M, or a little more; no finite number where
   * squares are too large or too small for doubles.
   */
  private static double guess(double[][] m) {
    double[][] wide = m.length <= m[0].length ? m : transposed(m);
    double[][] power = product(wide, wide);
    double exponent = 0.5;
    double guess = 1;
    for (int k = 0; k < SQUARED; k++) {
      // On the diagonal stands the largest entry of what is a square.
      double size = 0;
      for (int i = 0; i < power.length; i++) {
        size = Math.max(size, power[i][i]);
      }
      for (double[] row : power) {
        for (int j = 0; j < row.length; j++) {
          row[j] /= size;
        }
      }
      guess *= StrictMath.pow(size, exponent);
      exponent /= 2;
      power = product(power, power);
    }
    return guess;
  }

  private static double[][] transposed(double[][] m) {
    double[][] transposed = new double[m[0].length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[i].length; j++) {
        transposed[j][i] = m[i][j];
      }
    }
    return transposed;
  }

  /** {@code A B'}. */
  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        for (int k = 0; k < a[i].length; k++) {
          product[i][j] += a[i][k] * b[j][k];
        }
      }
    }
    return product;
  }
}
