package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
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
    assertThat(third).isGreaterThan(new Rational(BigInteger.valueOf(-5), BigInteger.ONE));
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class,
                () -> new Rational(BigInteger.ONE, BigInteger.ZERO)))
        .hasMessage("the denominator 0 is not positive");
  }
}
