package io.lipc.certificate.positivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.PositivityWitness.Congruence;
import io.lipc.certificate.PositivityWitness.ElementwiseProduct;
import io.lipc.certificate.PositivityWitness.ExactElimination;
import io.lipc.certificate.PositivityWitness.VerifiedCholesky;
import io.lipc.certificate.Torus;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which procedure decides, and where each has its limits. */
final class DecisionsTest {

  private static final List<List<Dyadic>> NEGATIVE = List.of(List.of(Dyadic.of(-1)));
  private static final List<List<Dyadic>> ONE = List.of(List.of(Dyadic.of(1)));

  private static Decision decide(
      PositivityWitness witness, List<List<Dyadic>> exact, List<List<Ball>> enclosed) {
    return Positivity.decide(
        witness, () -> Optional.of(exact), () -> Optional.of(enclosed), new Work(() -> {}));
  }

  @Test
  void theWitnessNamesTheProcedureAndItsMatrix() {
    List<List<Ball>> one = List.of(List.of(Ball.of(1)));
    List<List<Ball>> negative = List.of(List.of(Ball.of(-1)));
    Congruence congruence = new Congruence(List.of(List.of(1L)));
    for (PositivityWitness exact : List.of(new ExactElimination(), congruence)) {
      assertThat(decide(exact, ONE, negative)).isEqualTo(Decision.POSITIVE);
      assertThat(decide(exact, NEGATIVE, one)).isEqualTo(Decision.NOT_PROVED);
    }
    assertThat(decide(new VerifiedCholesky(), NEGATIVE, one)).isEqualTo(Decision.POSITIVE);
    assertThat(decide(new VerifiedCholesky(), ONE, negative)).isEqualTo(Decision.NOT_PROVED);
    AllFrequencies torus =
        new AllFrequencies(new Torus(List.of(1, 1), List.of(0.0, 0.0)), Optional.empty());
    assertThat(decide(new ElementwiseProduct(), ONE, one)).isEqualTo(Decision.FOREIGN_WITNESS);
    assertThat(decide(torus, ONE, one)).isEqualTo(Decision.FOREIGN_WITNESS);
  }

  @Test
  void whereThereIsNoMatrixNothingIsProved() {
    for (PositivityWitness witness :
        List.of(
            new ExactElimination(), new VerifiedCholesky(), new Congruence(List.of(List.of(1L))))) {
      assertThat(Positivity.decide(witness, Optional::empty, Optional::empty, new Work(() -> {})))
          .isEqualTo(Decision.NOT_PROVED);
    }
  }

  private static <E> List<List<E>> identity(int size, E one) {
    return Collections.nCopies(size, List.of(one));
  }

  @Test
  void proceduresHaveLimits() {
    Dyadic one = Dyadic.of(1);
    assertThat(decide(new ExactElimination(), identity(128, one), List.of()))
        .isEqualTo(Decision.POSITIVE);
    assertThat(decide(new ExactElimination(), identity(129, one), List.of()))
        .isEqualTo(Decision.TOO_LARGE);
    Congruence foreign = new Congruence(List.of());
    assertThat(decide(foreign, identity(1024, one), List.of())).isEqualTo(Decision.FOREIGN_WITNESS);
    assertThat(decide(foreign, identity(1025, one), List.of())).isEqualTo(Decision.TOO_LARGE);
    assertThat(decide(new VerifiedCholesky(), List.of(), identity((1 << 24) + 1, Ball.of(1))))
        .isEqualTo(Decision.TOO_LARGE);
  }

  @Test
  void choleskyCountsItsEntriesByTheLongestRow() {
    List<List<Ball>> rows = new ArrayList<>(identity(4095, Ball.of(1)));
    List<Ball> longest = new ArrayList<>(Collections.nCopies(4095, Ball.of(0)));
    longest.add(Ball.of(1));
    rows.add(longest);
    assertThat(Decide.factorises(rows)).isEqualTo(Decision.POSITIVE);
    rows.add(List.of(Ball.of(1)));
    assertThat(Decide.factorises(rows)).isEqualTo(Decision.TOO_LARGE);
    // 673 times 24929 is one more than 2^24.
    List<List<Ball>> many = new ArrayList<>(identity(24_929, Ball.of(1)));
    many.set(24_000, longest.subList(4096 - 673, 4096));
    assertThat(Decide.factorises(many)).isEqualTo(Decision.TOO_LARGE);
    assertThat(Decide.factorises(many.subList(1, many.size()))).isEqualTo(Decision.POSITIVE);
  }

  @Test
  void dominanceIsStrict() {
    List<List<Long>> identity = List.of(List.of(1L), List.of(0L, 1L));
    for (double entry : new double[] {-1, 1}) {
      assertThat(Decide.congruent(identity, two(1, entry, 1))).isEqualTo(Decision.NOT_PROVED);
      assertThat(Decide.congruent(identity, two(1, entry, 1 + 0x1p-52)))
          .isEqualTo(Decision.NOT_PROVED);
      assertThat(Decide.congruent(identity, two(1 + 0x1p-52, entry, 1)))
          .isEqualTo(Decision.NOT_PROVED);
      assertThat(Decide.congruent(identity, two(1 + 0x1p-52, entry, 1 + 0x1p-52)))
          .isEqualTo(Decision.POSITIVE);
    }
  }

  private static List<List<Dyadic>> two(double first, double entry, double last) {
    return List.of(List.of(Dyadic.of(first)), List.of(Dyadic.of(entry), Dyadic.of(last)));
  }

  @Test
  void witnessesAreTriangularWithAPositiveDiagonal() {
    List<List<Dyadic>> matrix = two(1, 0, 1);
    for (List<List<Long>> witness :
        List.of(
            List.of(List.of(1L)),
            List.of(List.of(1L), List.of(1L)),
            List.of(List.of(1L), List.of(0L, 0L)),
            List.of(List.of(-1L), List.of(0L, 1L)),
            List.of(List.of(1L), List.of(0L, -1L)),
            List.of(List.of(1L, 0L), List.of(0L, 1L)),
            List.of(List.of(1L), List.of(0L, 1L, 0L)),
            List.of(List.of(1L), List.of(0L, 1L), List.of(0L, 0L, 1L)))) {
      assertThat(Decide.congruent(witness, matrix)).isEqualTo(Decision.FOREIGN_WITNESS);
    }
    assertThat(Decide.congruent(List.of(List.of(1L), List.of(0L, 1L)), matrix))
        .isEqualTo(Decision.POSITIVE);
  }

  /** {@code M B M'} by hand: with m = (1; -3 2), B = (2 3; 3 5): 2, 2 (-3 2 + 2 3) = 0, 2. */
  @Test
  void congruencesAreProducts() {
    List<List<Long>> witness = List.of(List.of(1L), List.of(-3L, 2L));
    assertThat(Decide.congruent(witness, two(2, 3, 5))).isEqualTo(Decision.POSITIVE);
    assertThat(Decide.congruent(witness, two(2, 3, 4.5))).isEqualTo(Decision.NOT_PROVED);
    assertThat(Decide.congruent(witness, two(2, 3, 4.75))).isEqualTo(Decision.POSITIVE);
    // 9 and 4 beside 4.5: which is more than 4, though less than 3 and 2 beside 1.5.
    List<List<Long>> scaled = List.of(List.of(3L), List.of(0L, 2L));
    assertThat(Decide.congruent(scaled, two(1, 0.75, 1))).isEqualTo(Decision.NOT_PROVED);
    assertThat(Decide.congruent(scaled, two(1, 0.625, 1))).isEqualTo(Decision.POSITIVE);
    assertThat(Decide.congruent(List.of(List.of(1L), List.of(0L, 1L)), two(2, 3, 5)))
        .isEqualTo(Decision.NOT_PROVED);
  }

  @Test
  void dyadicsAreWrittenShortAndHaveALimit() {
    assertThat(Dyadic.of(6)).isEqualTo(new Dyadic(BigInteger.valueOf(3), 1));
    assertThat(Dyadic.of(-0.75)).isEqualTo(new Dyadic(BigInteger.valueOf(-3), -2));
    assertThat(Dyadic.of(0)).isEqualTo(new Dyadic(BigInteger.ZERO, -1074));
    assertThat(Dyadic.of(Double.MIN_VALUE)).isEqualTo(new Dyadic(BigInteger.ONE, -1074));
    int limit = 1 << 15;
    BigInteger largest = BigInteger.ONE.shiftLeft(limit).subtract(BigInteger.ONE);
    assertThat(new Dyadic(largest, 0).mantissa()).isEqualTo(largest);
    assertThat(new Dyadic(BigInteger.ONE, limit).exponent()).isEqualTo(limit);
    assertThat(new Dyadic(BigInteger.ONE, -limit).exponent()).isEqualTo(-limit);
    BigInteger beyond = largest.add(BigInteger.ONE);
    assertThatThrownBy(() -> new Dyadic(beyond, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("more than 32768 bits");
    for (int exponent : new int[] {limit + 1, -limit - 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> new Dyadic(BigInteger.ONE, exponent))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  private static Decision eliminated(double[]... lower) {
    List<List<Dyadic>> matrix =
        Arrays.stream(lower).map(row -> Arrays.stream(row).mapToObj(Dyadic::of).toList()).toList();
    return decide(new ExactElimination(), matrix, List.of());
  }

  /** The column below a zero pivot is zero everywhere, near and far. */
  @Test
  void columnsBelowZeroPivots() {
    assertThat(eliminated(new double[] {1}, new double[] {1, 1}, new double[] {0, 0, 1}))
        .isEqualTo(Decision.POSITIVE);
    for (int far = 2; far < 6; far++) {
      double[][] lower = new double[6][];
      for (int i = 0; i < 6; i++) {
        lower[i] = new double[i + 1];
        lower[i][i] = 1;
      }
      lower[1][0] = 1;
      assertThat(eliminated(lower)).isEqualTo(Decision.POSITIVE);
      lower[far][1] = 1;
      assertThat(eliminated(lower)).isEqualTo(Decision.NOT_PROVED);
    }
  }

  @Test
  void zeroDyadicsCostNoBits() {
    int limit = 1 << 15;
    Dyadic huge = new Dyadic(BigInteger.ONE, limit);
    Dyadic zero = new Dyadic(BigInteger.ZERO, -limit);
    assertThat(huge.plus(zero)).isEqualTo(huge);
    assertThat(zero.plus(huge)).isEqualTo(huge);
    Dyadic half = new Dyadic(BigInteger.ONE, limit / 2);
    Dyadic none = new Dyadic(BigInteger.ZERO, -limit / 2);
    assertThat(zero.dot(List.of(half, none), List.of(half, none))).isEqualTo(huge);
    assertThat(zero.dot(List.of(none), List.of(half))).isEqualTo(new Dyadic(BigInteger.ZERO, 0));
    assertThatThrownBy(() -> huge.plus(new Dyadic(BigInteger.ONE, -limit)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void middlesOfLongDyadicsAreNear() {
    BigInteger odd = BigInteger.ONE.shiftLeft(5000).add(BigInteger.ONE);
    assertThat(new Dyadic(odd, -5000).middle()).isEqualTo(1);
    assertThat(new Dyadic(odd.negate(), -5001).middle()).isEqualTo(-0.5);
    assertThat(new Dyadic(odd, -6100).middle()).isZero();
    assertThat(new Dyadic(BigInteger.ONE, -1074).middle()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void wordsAreCounted() {
    for (int bits : new int[] {1, 63, 64, 127, 128}) {
      BigInteger mantissa = BigInteger.ONE.shiftLeft(bits - 1);
      assertThat(new Dyadic(mantissa, 5).words()).isEqualTo(8 + bits / 64);
    }
    assertThat(Dyadic.of(0).words()).isEqualTo(8);
    assertThat(Ball.of(3).words()).isEqualTo(4);
    List<QuadraticForm.Term<Dyadic>> terms =
        QuadraticForm.linear(0, List.of(Dyadic.of(1), new Dyadic(BigInteger.TWO.pow(200), 0)));
    assertThat(QuadraticForm.words(terms)).isEqualTo(8 + 11);
  }

  @Test
  void workIsLimitedByTheWeights() throws FormatException {
    Work none = new Work(() -> {});
    none.spend((1L << 28) - 1);
    none.spend(1);
    none.spend(0);
    assertThatThrownBy(() -> none.spend(1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("more work than its weights justify");
    Work three = new Work(() -> {});
    three.allow(Tensor.of("w", ElementType.F32, List.of(3), new double[3]));
    three.spend((1L << 28) + (3L << 17));
    assertThatThrownBy(() -> three.spend(1)).isInstanceOf(ArithmeticException.class);
  }

  /**
   * {@code 64^3 / 32} products of numbers of up to 32 times as many words as the entries: {@code
   * 2^13 (32 w)^1.75} is next to 2^28 for w between 11 and 12.
   */
  @Test
  void longEntriesAreNotEliminated() {
    List<List<Dyadic>> matrix = new ArrayList<>(identity(64, Dyadic.of(1)));
    // Zeros have no length, though their exponent is that of the least double.
    matrix.set(3, List.of(Dyadic.of(0), Dyadic.of(1)));
    for (Dyadic within :
        List.of(
            new Dyadic(BigInteger.TWO.pow(702), 0),
            // What is written with an exponent is as long, and makes the others long.
            new Dyadic(BigInteger.ONE, 702),
            new Dyadic(BigInteger.ONE, -702))) {
      matrix.set(5, List.of(within));
      assertThat(decide(new ExactElimination(), matrix, List.of())).isEqualTo(Decision.POSITIVE);
      matrix.set(5, List.of(longer(within)));
      assertThatThrownBy(() -> decide(new ExactElimination(), matrix, List.of()))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  private static Dyadic longer(Dyadic number) {
    return number.mantissa().equals(BigInteger.ONE)
        ? new Dyadic(BigInteger.ONE, number.exponent() + Integer.signum(number.exponent()))
        : new Dyadic(number.mantissa().shiftLeft(1), 0);
  }

  /**
   * {@code 1024^3 / 32} products of entries as they are: {@code 2^25 w^1.75} is next to 2^28 for w
   * between 3 and 4 words.
   */
  @Test
  void longEntriesHaveNoCongruence() {
    Congruence foreign = new Congruence(List.of());
    List<List<Dyadic>> matrix = new ArrayList<>(identity(1024, Dyadic.of(1)));
    matrix.set(7, List.of(new Dyadic(BigInteger.ONE, 190)));
    assertThat(decide(foreign, matrix, List.of())).isEqualTo(Decision.FOREIGN_WITNESS);
    matrix.set(7, List.of(new Dyadic(BigInteger.ONE, 191)));
    assertThatThrownBy(() -> decide(foreign, matrix, List.of()))
        .isInstanceOf(ArithmeticException.class);
  }

  /** Four products of doubles together: of rows of r entries, {@code r^2}. */
  @Test
  void longRowsAreNotFactorised() {
    List<Ball> row = new ArrayList<>(Collections.nCopies(2047, Ball.of(0)));
    row.add(Ball.of(1));
    List<List<Ball>> rows = new ArrayList<>(identity(2047, Ball.of(1)));
    rows.addAll(Collections.nCopies(255, row));
    assertThat(Decide.factorises(rows)).isEqualTo(Decision.POSITIVE);
    rows.add(row);
    assertThatThrownBy(() -> Decide.factorises(rows)).isInstanceOf(ArithmeticException.class);
  }
}
