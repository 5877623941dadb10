package io.lipc.queries;

import static io.lipc.queries.Texts.formula;
import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.queries.Box.Interval;
import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import io.lipc.queries.Formula.Term;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The three faults that were published of the reader of another verifier, NNV (issue 319). */
final class PublishedFaultsTest {

  private static final Element X0 = new Element(0, 0);
  private static final Element X1 = new Element(0, 1);

  private static Atom atom(Element element, Comparison comparison, int bound) {
    return new Atom(
        List.of(new Term(BigDecimal.ONE, element)), comparison, BigDecimal.valueOf(bound));
  }

  private static Interval interval(int lower, int upper) {
    return new Interval(rational(lower), rational(upper));
  }

  private static Rational rational(int value) {
    return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
  }

  /** A strict {@code >} was read as an upper bound. */
  @Test
  void aStrictComparisonBoundsItsOwnSide() throws Exception {
    Query query =
        read(
            Texts.FLAT
                + "(assert (> X_0 1)) (assert (< X_0 3)) (assert (> 5 X_1)) (assert (< 4 X_1))");
    assertThat(((And) query.formula()).members().subList(0, 2))
        .containsExactly(atom(X0, Comparison.GREATER, 1), atom(X0, Comparison.LESS, 3));
    assertThat(Box.of(query).sides()).containsEntry(X0, interval(1, 3));
    assertThat(Box.of(query).sides()).containsEntry(X1, interval(4, 5));
  }

  /** The bounds of one member of an {@code or} stayed when the next one was read. */
  @Test
  void noMemberOfADisjunctionBoundsWhatAnotherOneAllows() throws Exception {
    Query query =
        read(
            Texts.FLAT
                + """
                (assert (or
                  (and (>= X_0 0) (<= X_0 1) (>= X_1 0) (<= X_1 1))
                  (and (>= X_0 5) (<= X_0 6) (>= X_1 -7) (<= X_1 9))))
                """);
    assertThat(Box.of(query).sides()).containsEntry(X0, interval(0, 6));
    assertThat(Box.of(query).sides()).containsEntry(X1, interval(-7, 9));
    Query leaking =
        read(
            Texts.FLAT
                + """
                (assert (>= X_0 0)) (assert (>= X_1 0)) (assert (<= X_1 1))
                (assert (or (<= X_0 1) (>= Y_0 2)))
                """);
    assertThatThrownBy(() -> Box.of(leaking)).hasMessageStartingWith("X_0 has no upper bound");
  }

  /** A member of an {@code and} was dropped where an {@code or} came behind it. */
  @Test
  void aMemberBeforeADisjunctionStays() throws Exception {
    assertThat(formula("(assert (and (<= X[0] 1) (or (<= X[1] 2) (>= X[1] 3)) (>= X[0] 0)))"))
        .isEqualTo(
            new And(
                List.of(
                    atom(X0, Comparison.AT_MOST, 1),
                    new Or(
                        List.of(atom(X1, Comparison.AT_MOST, 2), atom(X1, Comparison.AT_LEAST, 3))),
                    atom(X0, Comparison.AT_LEAST, 0))));
  }
}
