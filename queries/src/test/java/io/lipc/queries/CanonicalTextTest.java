package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Formula.Term;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The canonical text of queries. */
final class CanonicalTextTest {

  @Test
  void everyPartHasOneForm() throws Exception {
    String text =
        """
        (vnnlib-version <2.0>)
        (declare-network f
          (declare-input X float32 [1,2])
          (declare-hidden H float32 [3] "a\\"b\\\\\\n\\t")
          (declare-output Y float32 [])
        )
        (declare-network g
          (equal-to f)
          (declare-input Z float32 [1,2])
          (declare-output W float32 [])
        )
        (assert (<= X[0,1] 0.000001))
        (assert (or (and (> (* -2.5 Y) 1000) (!= (+ X[0,0] (* -1 H[2])) 0)) (< W 3)))
        (assert (== (* 0 X[0,0]) 7))
        """;
    assertThat(read(text).text()).isEqualTo(text);
  }

  @Test
  void versionOneKeepsItsNames() throws Exception {
    String text =
        """
        (declare-const Y_0 Real)
        (declare-const X_0 Real)
        (assert (and (<= X_0 1e-2) (or (>= X_0 0.10))))
        (assert (<= Y_0 X_0)) ; comment
        """;
    assertThat(read(text).text())
        .isEqualTo(
            """
            (vnnlib-version <1.0>)
            (declare-const X_0 Real)
            (declare-const Y_0 Real)
            (assert (<= X_0 0.01))
            (assert (>= X_0 0.1))
            (assert (<= (+ (* -1 X_0) Y_0) 0))
            """);
  }

  @Test
  void numbersWithManyZerosHaveAnExponent() throws Exception {
    String assertions =
        """
        (assert (<= (* 15e-1300 X[0]) -2e300))
        (assert (<= (* 100000000000000000000 X[0]) 0.00000000000000000000125))
        (assert (<= (* 1e21 X[0]) -125e-24))
        """;
    assertThat(read(Texts.TYPED + assertions).text()).endsWith(assertions);
  }

  /** The reader refuses an exponent that may be a variable. */
  @Test
  void numbersHaveNoExponentThatMayBeAVariable() throws Exception {
    String assertions =
        "(assert (<= X[0] 1"
            + "0".repeat(25)
            + "))\n(assert (<= X[0] 1e26))\n(assert (<= X[0] 0."
            + "0".repeat(39)
            + "1))\n";
    String text = Texts.TYPED.replace(" f", " e").replace(" Y ", " e25 ") + assertions;
    assertThat(read(text).text()).endsWith(assertions);
  }

  @Test
  void tinyCoefficientsAreShort() throws Exception {
    String atom = "(<= (* 1e-1300 X[0]) 1e-1299) ";
    Query query = read(Texts.TYPED + "(assert (and " + atom.repeat(1_000) + "))");
    assertThat(query.text()).hasSizeLessThan(50_000);
    assertThat(read(query.text())).isEqualTo(query);
  }

  /** The sum costs three units a term, and did cost five as its canonical text. */
  @Test
  void theTextOfManyTermsIsRead() throws Exception {
    String sum =
        IntStream.range(0, 1_000).mapToObj(i -> "X[" + i + "]").collect(Collectors.joining(" "));
    String text =
        Texts.TYPED.replace("[2]", "[1000]")
            + ("(assert (<= (* 3 (+ " + sum + ")) 1))").repeat(4_100);
    assertThat(read(read(text).text()).formula()).isInstanceOf(And.class);
  }

  @Test
  void anEqualQueryIsReadFromTheTextOfAnyFormula() throws Exception {
    Random random = new Random(53);
    for (int i = 0; i < 1_000; i++) {
      Query declared = read((i % 2 == 0 ? Texts.TYPED : Texts.FLAT) + someAssertion(i));
      Query query =
          new Query(
              declared.version(), declared.networks(), formula(random, random.nextBoolean(), 3));
      assertThat(read(query.text())).isEqualTo(query);
      assertThat(read(query.text()).text()).isEqualTo(query.text());
    }
  }

  private static String someAssertion(int i) {
    return i % 2 == 0 ? "(assert (<= X[0] 0))" : "(assert (<= X_0 0))";
  }

  /** A formula as the reader makes them: connectives alternate, with two members at least. */
  private static Formula formula(Random random, boolean conjunction, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return atom(random);
    }
    List<Formula> members =
        IntStream.range(0, 2 + random.nextInt(3))
            .mapToObj(i -> formula(random, !conjunction, depth - 1))
            .toList();
    return conjunction ? new And(members) : new Or(members);
  }

  private static Atom atom(Random random) {
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      BigDecimal coefficient = number(random);
      if (random.nextBoolean() && coefficient.signum() != 0) {
        terms.add(new Term(coefficient, new Element(i / 2, i % 2)));
      }
    }
    Comparison comparison = Comparison.values()[random.nextInt(Comparison.values().length)];
    return new Atom(terms, comparison, number(random));
  }

  private static BigDecimal number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> BigDecimal.valueOf(random.nextInt(-2, 3));
      case 1 -> new BigDecimal(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
      case 2 -> new BigDecimal(new BigInteger(100, random), random.nextInt(-50, 200));
      default -> BigDecimal.valueOf(random.nextGaussian());
    };
  }
}
