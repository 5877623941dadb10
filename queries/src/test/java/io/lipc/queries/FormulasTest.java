package io.lipc.queries;

import static io.lipc.queries.Texts.formula;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Formula.Term;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What assertions say: connectives, comparisons, expressions and numbers. */
final class FormulasTest {

  private static final Element X0 = new Element(0, 0);
  private static final Element X1 = new Element(0, 1);
  private static final Element Y0 = new Element(1, 0);
  private static final Element Y1 = new Element(1, 1);

  private static Term term(String coefficient, Element element) {
    return new Term(new BigDecimal(coefficient), element);
  }

  private static Atom atMost(String bound, Term... terms) {
    return new Atom(List.of(terms), Comparison.AT_MOST, new BigDecimal(bound));
  }

  @ParameterizedTest
  @EnumSource
  void everyComparisonStaysWhatItIs(Comparison comparison) throws Exception {
    assertThat(formula("(assert (" + comparison.sign() + " X[1] 0.5))"))
        .isEqualTo(new Atom(List.of(term("1", X1)), comparison, new BigDecimal("0.5")));
    assertThat(formula("(assert (" + comparison.sign() + " 0.5 X[1]))"))
        .isEqualTo(new Atom(List.of(term("-1", X1)), comparison, new BigDecimal("-0.5")));
  }

  @Test
  void bothSidesAreExpressions() throws Exception {
    assertThat(formula("(assert (<= (+ X[0] 1) (- Y[0,1] 2)))"))
        .isEqualTo(atMost("-3", term("1", X0), term("-1", Y1)));
  }

  @ParameterizedTest
  @CsvSource({
    "(+ X[0] 5.0), 1, -5",
    "(- X[0]), -1, 0",
    "(- X[0] 5), 1, 5",
    "(- 5.0 X[0]), -1, -5",
    "(- 1 2 3 X[0] 4), -1, 8",
    "(* X[0] 3.5), 3.5, 0",
    "(* 2 3 X[0] 4), 24, 0",
    "(* (+ X[0] 1) (- 2)), -2, 2",
    "(* (- 1 3) (+ X[0] 1)), -2, 2",
    "(* 0.1 (+ X[0] X[0] X[0])), 0.3, 0",
    "(+ X[0]), 1, 0",
    "(* X[0]), 1, 0",
    "(- (- (- X[0]))), -1, 0",
    "(+ X[0] (+ X[0] (+ X[0] 1) 1) 1), 3, -3"
  })
  void operatorsAreExact(String expression, String coefficient, String bound) throws Exception {
    assertThat(formula("(assert (<= " + expression + " 0))"))
        .isEqualTo(atMost(bound, term(coefficient, X0)));
  }

  @Test
  void elementsThatCancelLeaveAnAtomWithoutTerms() throws Exception {
    assertThat(formula("(assert (<= (- X[0] X[0]) 1))")).isEqualTo(atMost("1"));
    assertThat(formula("(assert (<= (* X[0] 0.0) 0.0))")).isEqualTo(atMost("0"));
    assertThat(formula("(assert (<= (+ X[0] Y[0,0]) (+ Y[0,0] 1)))"))
        .isEqualTo(atMost("1", term("1", X0)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-0.0, 0",
    "0.10, 0.1",
    "-12.5, -12.5",
    "1e3, 1000",
    "1E-3, 0.001",
    "2.5e+2, 250",
    "0e-9999, 0",
    "3.991125645861615, 3.991125645861615"
  })
  void decimalsAreExact(String text, String value) throws Exception {
    assertThat(formula("(assert (<= X[0] " + text + "))")).isEqualTo(atMost(value, term("1", X0)));
  }

  @Test
  void theLeastAndTheGreatestDoubleAreRead() throws Exception {
    BigDecimal least = new BigDecimal(Double.MIN_VALUE);
    assertThat(formula("(assert (<= X[0] " + least.toPlainString() + "))"))
        .isEqualTo(atMost(least.toPlainString(), term("1", X0)));
    BigDecimal greatest = new BigDecimal(-Double.MAX_VALUE);
    assertThat(formula("(assert (<= X[0] " + greatest.toPlainString() + "))"))
        .isEqualTo(atMost(greatest.toPlainString(), term("1", X0)));
  }

  @Test
  void connectivesStayAsTheyNest() throws Exception {
    Atom a = atMost("1", term("1", X0));
    Atom b = atMost("2", term("1", X1));
    Atom c = atMost("3", term("1", Y0));
    String and = "(assert (and (or (<= X[0] 1) (<= X[1] 2)) (or (<= X[1] 2) (<= Y[0,0] 3))))";
    assertThat(formula(and))
        .isEqualTo(new And(List.of(new Or(List.of(a, b)), new Or(List.of(b, c)))));
    String or = "(assert (or (and (<= X[0] 1) (<= X[1] 2)) (<= Y[0,0] 3)))";
    assertThat(formula(or)).isEqualTo(new Or(List.of(new And(List.of(a, b)), c)));
  }

  @Test
  void whatSaysTheSameIsJoined() throws Exception {
    Atom a = atMost("1", term("1", X0));
    Atom b = atMost("2", term("1", X1));
    Atom c = atMost("3", term("1", Y0));
    assertThat(formula("(assert (or (and (<= X[0] 1))))")).isEqualTo(a);
    assertThat(formula("(assert (and (<= X[0] 1) (and (<= X[1] 2) (<= Y[0,0] 3))))"))
        .isEqualTo(new And(List.of(a, b, c)));
    assertThat(formula("(assert (or (<= X[0] 1) (and (or (<= X[1] 2) (<= Y[0,0] 3)))))"))
        .isEqualTo(new Or(List.of(a, b, c)));
    assertThat(formula("(assert (<= X[0] 1)) (assert (and (<= X[1] 2) (<= Y[0,0] 3)))"))
        .isEqualTo(new And(List.of(a, b, c)));
  }

  @Test
  void blanksAndCommentsSayNothing() throws Exception {
    assertThat(formula("; (assert false) ü\r\n\t(assert(<= X [ 0 ]\n1));)"))
        .isEqualTo(atMost("1", term("1", X0)));
    assertThat(formula(";\t~\u00A0\u2027\u202A\uFFFD\uD83D\uDE00\n(assert (<= X[0] 1))"))
        .isEqualTo(atMost("1", term("1", X0)));
  }
}
