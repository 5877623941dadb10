package io.lipc.certificate.positivity;

import io.lipc.certificate.PositivityWitness;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Three ways to decide that a symmetric matrix, given by its lower triangle, is positive. The last
 * two may say no of one that is; none says yes of one that is not.
 */
public final class Positivity {

  private static final int MAX_ELIMINATION = 128;
  private static final int MAX_CONGRUENCE = 1024;
  private static final int MAX_CHOLESKY = 4096;

  private Positivity() {}

  /**
   * What follows the procedure that {@code witness} names.
   *
   * @param exact gives the matrix for the exact procedures; none is one that is not positive
   * @param enclosed gives the matrix for the one in doubles
   */
  public static Decision decide(
      PositivityWitness witness,
      Supplier<Optional<List<List<Dyadic>>>> exact,
      Supplier<Optional<List<List<Ball>>>> enclosed) {
    return switch (witness) {
      case PositivityWitness.ExactElimination _ ->
          decide(exact.get(), MAX_ELIMINATION, Positivity::eliminates);
      case PositivityWitness.Congruence congruence ->
          decide(exact.get(), MAX_CONGRUENCE, b -> congruent(congruence.rows(), b));
      case PositivityWitness.VerifiedCholesky _ ->
          decide(enclosed.get(), MAX_CHOLESKY, Positivity::factorises);
      case PositivityWitness.LdltConstruction _, PositivityWitness.ElementwiseProduct _ ->
          Decision.FOREIGN_WITNESS;
    };
  }

  private static <E> Decision decide(
      Optional<List<List<E>>> matrix, int limit, Function<List<List<E>>, Decision> procedure) {
    if (matrix.isEmpty()) {
      return Decision.NOT_PROVED;
    }
    return matrix.get().size() > limit ? Decision.TOO_LARGE : procedure.apply(matrix.get());
  }

  private static Decision proved(boolean condition) {
    return condition ? Decision.POSITIVE : Decision.NOT_PROVED;
  }

  /** The whole matrix, times the power of two that makes its entries integers. */
  private static BigInteger[][] integers(List<List<Dyadic>> lower) {
    int n = lower.size();
    var entries = lower.stream().flatMap(List::stream).filter(entry -> !entry.isZero());
    int unit = entries.mapToInt(Dyadic::exponent).min().orElse(0);
    BigInteger[][] matrix = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = lower.get(i).get(j).integer(unit);
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  /**
   * Bareiss elimination: every division is exact, and the pivots have the signs of those of LDL'.
   * The matrix is positive semidefinite if and only if no pivot is negative and each zero pivot has
   * a zero column below it, whose coordinate is then left out.
   */
  static Decision eliminates(List<List<Dyadic>> matrix) {
    BigInteger[][] a = integers(matrix);
    BigInteger previous = BigInteger.ONE;
    for (int k = 0; k < a.length; k++) {
      BigInteger pivot = a[k][k];
      int column = k;
      boolean clear = IntStream.range(k + 1, a.length).allMatch(i -> a[i][column].signum() == 0);
      if (pivot.signum() < 0 || (pivot.signum() == 0 && !clear)) {
        return Decision.NOT_PROVED;
      }
      if (pivot.signum() > 0) {
        eliminate(a, k, previous);
        previous = pivot;
      }
    }
    return Decision.POSITIVE;
  }

  private static void eliminate(BigInteger[][] a, int k, BigInteger previous) {
    for (int i = k + 1; i < a.length; i++) {
      for (int j = k + 1; j <= i; j++) {
        BigInteger minor = a[i][j].multiply(a[k][k]).subtract(a[i][k].multiply(a[j][k]));
        a[i][j] = minor.divide(previous);
      }
    }
  }

  /**
   * Proved if {@code T = M B M'} is strictly diagonally dominant with a positive diagonal. Then T >
   * 0 by Gershgorin, and B > 0 because M, triangular with a positive diagonal, has an inverse.
   */
  static Decision congruent(List<List<Long>> witness, List<List<Dyadic>> matrix) {
    BigInteger[][] b = integers(matrix);
    if (!isTriangular(witness, b.length)) {
      return Decision.FOREIGN_WITNESS;
    }
    BigInteger[][] m =
        witness.stream()
            .map(row -> row.stream().map(BigInteger::valueOf).toArray(BigInteger[]::new))
            .toArray(BigInteger[][]::new);
    BigInteger[][] lower =
        IntStream.rangeClosed(1, m.length)
            .parallel()
            .mapToObj(i -> times(Arrays.copyOf(m, i), times(Arrays.copyOf(b, i), m[i - 1])))
            .toArray(BigInteger[][]::new);
    return proved(isDominant(lower));
  }

  private static boolean isTriangular(List<List<Long>> rows, int size) {
    return rows.size() == size
        && IntStream.range(0, size)
            .allMatch(i -> rows.get(i).size() == i + 1 && rows.get(i).get(i) > 0);
  }

  private static boolean isDominant(BigInteger[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      BigInteger excess = lower[i][i];
      for (int j = 0; j < lower.length; j++) {
        BigInteger entry = lower[Math.max(i, j)][Math.min(i, j)].abs();
        excess = j == i ? excess : excess.subtract(entry);
      }
      if (excess.signum() <= 0) {
        return false;
      }
    }
    return true;
  }

  /** The products of the rows with a vector, over the shorter of both lengths. */
  private static BigInteger[] times(BigInteger[][] rows, BigInteger[] vector) {
    BigInteger[] product = new BigInteger[rows.length];
    for (int i = 0; i < rows.length; i++) {
      BigInteger sum = BigInteger.ZERO;
      for (int k = 0; k < Math.min(vector.length, rows[i].length); k++) {
        sum = sum.add(rows[i][k].multiply(vector[k]));
      }
      product[i] = sum;
    }
    return product;
  }

  /**
   * Cholesky in doubles of {@code C = B_mid - c I}, with {@code c >= ||R|| + (N+4) 2^-52
   * trace(B_mid)} and R the radii. If it runs to the end, {@code C + E = F'F} for the computed F,
   * with {@code |E_ij| <= g sqrt(C_ii C_jj)}, {@code g = gamma_{N+1} / (1 - gamma_{N+1})} (Higham,
   * Accuracy and Stability, Theorem 10.3, for any order of summation), so {@code ||E|| <= g
   * trace(C)} and B > 0. The spare factor of two covers the rounding of c and C_ii, and underflow
   * beside a diagonal of at least 1/2 (Rump, BIT 46, 2006).
   */
  static Decision factorises(List<List<Ball>> matrix) {
    int n = matrix.size();
    double[][] upper = new double[n][n];
    double[] radii = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        Ball entry = matrix.get(i).get(j);
        upper[j][i] = entry.middle();
        radii[i] += entry.radius();
        radii[j] += entry.radius();
      }
    }
    double trace = IntStream.range(0, n).mapToDouble(i -> upper[i][i]).sum();
    double shift = Arrays.stream(radii).max().orElse(0) + (n + 4) * 0x1p-52 * trace;
    for (int i = 0; i < n; i++) {
      upper[i][i] = Math.nextDown(upper[i][i] - shift * (1 + 0x1p-30));
    }
    return proved(hasCholeskyFactor(upper));
  }

  private static boolean hasCholeskyFactor(double[][] upper) {
    for (int k = 0; k < upper.length; k++) {
      double[] pivotRow = upper[k];
      double root = Math.sqrt(pivotRow[k]);
      if (!(root > 0 && root < Double.POSITIVE_INFINITY)) {
        return false;
      }
      for (int j = k; j < upper.length; j++) {
        pivotRow[j] /= root;
      }
      for (int i = k + 1; i < upper.length; i++) {
        double factor = pivotRow[i];
        double[] row = upper[i];
        for (int j = i; j < upper.length; j++) {
          row[j] -= factor * pivotRow[j];
        }
      }
    }
    return true;
  }
}
