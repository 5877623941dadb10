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
 * Three ways to decide that a symmetric matrix, given by its lower triangle, is positive. Row i
 * ends on the diagonal; the entries before its first one are zero. The last two may say no of a
 * matrix that is positive; none says yes of one that is not.
 */
public final class Positivity {

  private static final int MAX_ELIMINATION = 128;
  private static final int MAX_CONGRUENCE = 1024;
  private static final int MAX_ENTRIES = 1 << 24;

  private Positivity() {}

  /**
   * Decides whether a matrix is positive by the procedure that {@code witness} names.
   *
   * @param exact gives the matrix for the exact procedures; none is one that is not positive
   * @param enclosed gives the matrix for the one in doubles
   * @throws ArithmeticException if that would take more work than is left
   */
  public static Decision decide(
      PositivityWitness witness,
      Supplier<Optional<List<List<Dyadic>>>> exact,
      Supplier<Optional<List<List<Ball>>>> enclosed,
      Work work) {
    return switch (witness) {
      case PositivityWitness.ExactElimination _ ->
          decide(exact.get(), MAX_ELIMINATION, b -> eliminates(b, work));
      case PositivityWitness.Congruence congruence ->
          decide(exact.get(), MAX_CONGRUENCE, b -> congruent(congruence.rows(), b, work));
      case PositivityWitness.VerifiedCholesky _ ->
          decide(enclosed.get(), MAX_ENTRIES, b -> factorises(b, work));
      case PositivityWitness.ElementwiseProduct _,
          PositivityWitness.Rows _,
          PositivityWitness.AllFrequencies _ ->
          Decision.FOREIGN_WITNESS;
    };
  }

  private static <E> Decision decide(
      Optional<List<List<E>>> matrix, int limit, Function<List<List<E>>, Decision> procedure) {
    return matrix
        .map(lower -> lower.size() > limit ? Decision.TOO_LARGE : procedure.apply(lower))
        .orElse(Decision.NOT_PROVED);
  }

  /**
   * The whole matrix, times the power of two that makes its entries integers. The elimination that
   * follows takes a third of n^3 products or divisions of integers of m words. One of them takes as
   * long as some {@code m^1.75} products of single words, a division longest; some ten single
   * products count as one unit of work.
   *
   * @param growth how many times as long as the entries the numbers become that are made of them
   */
  private static BigInteger[][] integers(List<List<Dyadic>> lower, double growth, Work work) {
    int n = lower.size();
    var entries = lower.stream().flatMap(List::stream).filter(entry -> !entry.isZero()).toList();
    int unit = entries.stream().mapToInt(Dyadic::exponent).min().orElse(0);
    var lengths = entries.stream().mapToInt(e -> e.mantissa().bitLength() + e.exponent() - unit);
    double words = growth * (1 + lengths.max().orElse(0) / 64);
    work.spend((long) (0x1p-5 * n * n * n * Math.pow(words, 1.75)));
    BigInteger[][] matrix = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      List<Dyadic> row = lower.get(i);
      int first = i + 1 - row.size();
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = j < first ? BigInteger.ZERO : row.get(j - first).integer(unit);
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
  static Decision eliminates(List<List<Dyadic>> matrix, Work work) {
    BigInteger[][] a = integers(matrix, 0.5 * matrix.size(), work);
    BigInteger previous = BigInteger.ONE;
    for (int k = 0; k < a.length; k++) {
      BigInteger pivot = a[k][k];
      int column = k;
      boolean clear = IntStream.range(k + 1, a.length).allMatch(i -> a[i][column].signum() == 0);
      if (pivot.signum() < 0 || (pivot.signum() == 0 && !clear)) {
        return Decision.NOT_PROVED;
      }
      if (pivot.signum() > 0) {
        eliminate(a, k, previous, work);
        previous = pivot;
      }
    }
    return Decision.POSITIVE;
  }

  private static void eliminate(BigInteger[][] a, int k, BigInteger previous, Work work) {
    for (int i = k + 1; i < a.length; i++) {
      work.look();
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
  static Decision congruent(List<List<Long>> witness, List<List<Dyadic>> matrix, Work work) {
    BigInteger[][] b = integers(matrix, 1, work);
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
            .peek(_ -> work.look())
            .mapToObj(i -> times(Arrays.copyOf(m, i), times(Arrays.copyOf(b, i), m[i - 1])))
            .toArray(BigInteger[][]::new);
    return isDominant(lower) ? Decision.POSITIVE : Decision.NOT_PROVED;
  }

  private static boolean isTriangular(List<List<Long>> rows, int size) {
    return rows.size() == size
        && IntStream.range(0, size)
            .allMatch(i -> rows.get(i).size() == i + 1 && rows.get(i).get(i) > 0);
  }

  private static boolean isDominant(BigInteger[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      BigInteger excess = lower[i][i].shiftLeft(1);
      for (int j = 0; j < lower.length; j++) {
        excess = excess.subtract(lower[Math.max(i, j)][Math.min(i, j)].abs());
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
   * Cholesky in doubles of {@code C = B_mid - c I}. With b the length of the longest row and r the
   * largest radius, no row of the whole matrix has 2b entries within the given ones, and {@code c
   * >= 2b r + (b+4) 2^-52 min(trace(B_mid), 2b max_i B_ii)}. If it runs to the end, {@code C + E =
   * F'F} for the computed F. No entry is a sum of more than b products, so {@code |E_ij| <= g
   * sqrt(C_ii C_jj)}, {@code g = gamma_{b+1} / (1 - gamma_{b+1})} (Higham, Accuracy and Stability,
   * Theorem 10.3, for any order of summation), and E_ij = 0 where no entry is given. The matrix of
   * all {@code sqrt(C_ii C_jj)} has the norm trace(C); so {@code ||E|| <= g min(trace(C), 2b max_i
   * C_ii)}, and B > 0. The spare factor of two covers the rounding of c and C_ii, and underflow
   * beside a diagonal of at least 1/2 (Rump, BIT 46, 2006).
   */
  public static Decision factorises(List<List<Ball>> matrix, Work work) {
    double[][] lower =
        matrix.stream()
            .map(row -> row.stream().mapToDouble(Ball::middle).toArray())
            .toArray(double[][]::new);
    var radii = matrix.stream().flatMap(List::stream).mapToDouble(Ball::radius);
    return factorises(lower, radii.max().orElse(0), work);
  }

  /**
   * The same for a matrix whose entries are known within {@code radius}, and which is spent.
   *
   * @param lower its lower triangle: row i ends on the diagonal, and begins where all entries
   *     before are zero, exactly
   * @throws ArithmeticException if that would take more work than is left
   */
  public static Decision factorises(double[][] lower, double radius, Work work) {
    work.spend(Arrays.stream(lower).mapToLong(row -> (long) row.length * row.length).sum() / 4);
    int longest = Arrays.stream(lower).mapToInt(row -> row.length).max().orElse(0);
    if ((long) longest * lower.length > MAX_ENTRIES) {
      return Decision.TOO_LARGE;
    }
    double shift = shift(lower, longest, radius);
    for (double[] row : lower) {
      row[row.length - 1] = Math.nextDown(row[row.length - 1] - shift);
    }
    return replaceByFactor(lower, work) ? Decision.POSITIVE : Decision.NOT_PROVED;
  }

  private static double shift(double[][] lower, int longest, double radius) {
    double[] diagonal = Arrays.stream(lower).mapToDouble(row -> row[row.length - 1]).toArray();
    double most = 2.0 * longest * Arrays.stream(diagonal).max().orElse(0);
    double size = Math.min(most, Arrays.stream(diagonal).sum());
    return (2.0 * longest * radius + (longest + 4) * 0x1p-52 * size) * (1 + 0x1p-30);
  }

  /**
   * Replaces a matrix, given as above, by its Cholesky factor in doubles, which shows nothing.
   *
   * @return whether that ran to the end
   */
  public static boolean replaceByFactor(double[][] lower, Work work) {
    for (int i = 0; i < lower.length; i++) {
      work.look();
      double[] row = lower[i];
      int first = i + 1 - row.length;
      for (int j = first; j <= i; j++) {
        double[] other = lower[j];
        int shift = j + 1 - other.length;
        double rest = row[j - first];
        int from = Math.max(first, shift);
        rest -= dot(row, from - first, other, from - shift, j - from);
        row[j - first] = j < i ? rest / other[j - shift] : Math.sqrt(rest);
      }
      if (!(row[i - first] > 0 && row[i - first] < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }

  /** In four sums, which a processor computes at once. */
  private static double dot(double[] a, int i, double[] b, int j, int count) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int k = 0;
    for (; k + 3 < count; k += 4) {
      first += a[i + k] * b[j + k];
      second += a[i + k + 1] * b[j + k + 1];
      third += a[i + k + 2] * b[j + k + 2];
      fourth += a[i + k + 3] * b[j + k + 3];
    }
    for (; k < count; k++) {
      first += a[i + k] * b[j + k];
    }
    return (first + second) + (third + fourth);
  }
}
