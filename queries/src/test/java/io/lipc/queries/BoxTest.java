package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lipc.queries.Box.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The box of the inputs. */
final class BoxTest {

  private static final String OTHER = "(assert (>= X_1 0)) (assert (<= X_1 0)) ";

  private static Box box(String assertions) throws Exception {
    return Box.of(read(Texts.FLAT + assertions));
  }

  @ParameterizedTest
  @CsvSource({
    "(assert (>= X_0 0.1)) (assert (<= X_0 0.2)), 1/10, 1/5",
    "(assert (> X_0 0.1)) (assert (< X_0 0.2)), 1/10, 1/5",
    "(assert (== X_0 0.5)), 1/2, 1/2",
    "(assert (<= (* 3 X_0) 1)) (assert (>= (* -3 X_0) -1)) (assert (>= X_0 -2)), -2, 1/3",
    "(assert (>= (* -1.0 X_0) -7)) (assert (<= (* -1.0 X_0) 7)), -7, 7",
    "(assert (<= (- X_0 1) (+ 1 2))) (assert (<= -4 X_0)), -4, 4",
    "(assert (and (>= X_0 0) (<= X_0 9) (<= X_0 5) (>= X_0 -5))), 0, 5",
    "(assert (>= X_0 0)) (assert (<= X_0 9)) (assert (!= X_0 1)), 0, 9",
    "(assert (or (== X_0 1) (== X_0 3))), 1, 3",
    "(assert (or (== X_0 1) (== X_0 3))) (assert (<= X_0 2)), 1, 2",
    "(assert (>= X_0 0)) (assert (<= X_0 1e3)) (assert (<= X_0 X_1)), 0, 1000",
    "(assert (>= X_0 0)) (assert (<= X_0 1)) (assert (<= Y_0 -5)), 0, 1"
  })
  void atomsInOneInputBoundIt(String assertions, String lower, String upper) throws Exception {
    var side = box(OTHER + assertions).sides().get(new Element(0, 0));
    assertThat(side).hasToString("Interval[lower=" + lower + ", upper=" + upper + "]");
  }

  @Test
  void theBoxHasTheInputsAlone() throws Exception {
    Box box = box(OTHER + "(assert (== X_0 1)) (assert (== Y_0 1))");
    assertThat(box.sides()).containsOnlyKeys(new Element(0, 0), new Element(0, 1));
    assertThat(box.isEmpty()).isFalse();
  }

  @Test
  void boundsMayContradictEachOther() throws Exception {
    Box box = box(OTHER + "(assert (<= X_0 1)) (assert (>= X_0 2))");
    assertThat(box.isEmpty()).isTrue();
    assertThat(box.sides().get(new Element(0, 0)).isEmpty()).isTrue();
    assertThat(box.sides().get(new Element(0, 1)).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "(assert (<= X_0 1)), lower, >=",
    "(assert (>= X_0 1)), upper, <=",
    "(assert (<= (* -1 X_0) 1)), upper, <=",
    "(assert (<= X_0 X_1)), lower, >=",
    "(assert (!= X_0 1)), lower, >=",
    "(assert (>= X_0 1)) (assert (or (<= X_0 1) (<= Y_0 1))), upper, <=",
    "(assert (== Y_0 1)), lower, >="
  })
  void aMissingBoundIsRefused(String assertions, String missing, String sign) throws Exception {
    Query query = read(Texts.FLAT + OTHER + assertions);
    QueryException refusal = catchThrowableOfType(QueryException.class, () -> Box.of(query));
    assertThat(refusal)
        .hasMessage(
            "X_0 has no %s bound; expected: an assertion such as `(%s X_0 0.5)`, or one in each"
                + " member of an `or`",
            missing, sign);
    assertThat(refusal.fault()).isEqualTo(QueryFault.UNBOUNDED);
    assertThat(refusal.line()).isZero();
    assertThat(refusal.column()).isZero();
  }

  /** The float nearest to 0.7 is less: whoever proves something about floats widens the box. */
  @Test
  void sidesAreTheDecimalsAlsoOfFloats() throws Exception {
    String text =
        """
        (vnnlib-version <2.0>)
        (declare-network N (declare-input X float32 [1]) (declare-output Y float32 []))
        (assert (>= X[0] 0.7)) (assert (<= X[0] 0.7))
        (assert (<= Y 2))
        """;
    Interval side = Box.of(read(text)).sides().get(new Element(0, 0));
    assertThat(side).hasToString("Interval[lower=7/10, upper=7/10]");
    assertThat(Rational.of(new BigDecimal(0.7f), BigDecimal.ONE)).isLessThan(side.lower());
  }

  /** 200,000 members, each of which was compared with all 40,000 bounds of the first one. */
  @Test
  void membersOfADisjunctionCostWhatTheySay() throws Exception {
    int inputs = 40_000;
    StringBuilder text = new StringBuilder(Texts.TYPED.replace("[2]", "[" + inputs + "]"));
    text.append("(assert (or (and");
    IntStream.range(0, inputs).forEach(i -> text.append(" (<= X[").append(i).append("] 1)"));
    text.append(')').append(" (<= X[0] 1)".repeat(5 * inputs)).append("))");
    Query query = read(text.toString());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThatThrownBy(() -> Box.of(query)).hasMessageStartingWith("X[0] has no lower"));
  }

  /** 50,000 quotients with parts of 1,600 digits, which took half a minute to reduce. */
  @Test
  void boundsAreComparedWithoutTheirLowestTerms() throws Exception {
    String text =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "(== (* (- 1e308 7e-1300) X[0]) (+ 3e307 " + i + "e-1300))")
            .collect(Collectors.joining("\n", Texts.TYPED + "(assert (or ", "))"));
    Query query = read(text + "(assert (== X[1] 0))");
    Box box = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Box.of(query));
    Interval side = box.sides().get(new Element(0, 0));
    assertThat(side.lower()).isLessThan(side.upper());
    assertThat(side.isEmpty()).isFalse();
  }

  @Test
  void elementsAreNamedAsTheTextNamesThem() throws Exception {
    String text = Texts.TYPED.replace("[2]", "[1,2]") + "(assert (== X[0,0] 1))";
    Query query = read(text);
    assertThat(catchThrowableOfType(QueryException.class, () -> Box.of(query)))
        .hasMessageStartingWith("X[0,1] has no lower bound");
  }

  @Test
  void rationalsAreInLowestTermsAndOrdered() {
    Rational third = new Rational(BigInteger.TWO, BigInteger.valueOf(6));
    assertThat(third).hasToString("1/3");
    assertThat(third.numerator()).isEqualTo(BigInteger.ONE);
    assertThat(third.denominator()).isEqualTo(BigInteger.valueOf(3));
    Rational same = new Rational(BigInteger.valueOf(5), BigInteger.valueOf(15));
    assertThat(third).isEqualTo(same).hasSameHashCodeAs(same).isEqualByComparingTo(same);
    assertThat(third)
        .isNotEqualTo(new Rational(BigInteger.TWO, BigInteger.valueOf(3)))
        .isNotEqualTo("1/3");
    assertThat(third).isGreaterThan(new Rational(BigInteger.valueOf(-5), BigInteger.ONE));
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class,
                () -> new Rational(BigInteger.ONE, BigInteger.ZERO)))
        .hasMessage("the denominator 0 is not positive");
  }
}
