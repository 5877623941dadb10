package io.lipc.certificate.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.function.Range;
import io.lipc.queries.Comparison;
import io.lipc.queries.Rational;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges say of comparisons what all their numbers say. */
final class ConditionTest {

  private static final double NAN_FREE = Double.POSITIVE_INFINITY;

  /** Bounds that are doubles, and others between two of them. */
  private static final List<String> BOUNDS = List.of("1", "0.1", "0", "-0.1", "1e-400", "-3");

  private static Condition.Atom atom(Comparison comparison, String bound) {
    return new Condition.Atom(
        new Element(3, 1), comparison, Rational.of(new BigDecimal(bound), BigDecimal.ONE));
  }

  private static boolean isTrue(Comparison comparison, double value, String bound) {
    int order = new BigDecimal(value).compareTo(new BigDecimal(bound));
    return switch (comparison) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
    };
  }

  /** Near a bound each double is looked at: its ends are exact. */
  @Test
  void rangesOfPointsSayWhatThePointsSay() {
    for (String bound : BOUNDS) {
      double near = Double.parseDouble(bound);
      for (double value : new double[] {Math.nextDown(near), near, Math.nextUp(near), 7, -7}) {
        for (Comparison comparison : Comparison.values()) {
          boolean expected = isTrue(comparison, value, bound);
          Range point = new Range(value, value);
          assertThat(atom(comparison, bound).isRefuted(point)).isEqualTo(!expected);
          assertThat(atom(comparison, bound).isMet(point)).isEqualTo(expected);
          Rational exact = Rational.of(new BigDecimal(value), BigDecimal.ONE);
          assertThat(atom(comparison, bound).isMet(exact)).isEqualTo(expected);
          if (expected) {
            Range allowed = atom(comparison, bound).allowed();
            assertThat(value).isBetween(allowed.lower(), allowed.upper());
          }
        }
      }
    }
  }

  /** A range refutes exactly what its ends do, where the bound is not within. */
  @Test
  void rangesSayWhatAllTheirNumbersSay() {
    Random random = new Random(11);
    for (int run = 0; run < 20_000; run++) {
      String bound = BOUNDS.get(random.nextInt(BOUNDS.size()));
      double near = Double.parseDouble(bound);
      double[] ends = new double[2];
      for (int k = 0; k < 2; k++) {
        ends[k] =
            random.nextBoolean()
                ? near + random.nextInt(-2, 3) * Math.ulp(near)
                : near + random.nextGaussian();
      }
      Range range = new Range(Math.min(ends[0], ends[1]), Math.max(ends[0], ends[1]));
      for (Comparison comparison : Comparison.values()) {
        Condition.Atom atom = atom(comparison, bound);
        boolean low = isTrue(comparison, range.lower(), bound);
        boolean high = isTrue(comparison, range.upper(), bound);
        boolean within =
            new BigDecimal(range.lower()).compareTo(new BigDecimal(bound)) < 0
                && new BigDecimal(range.upper()).compareTo(new BigDecimal(bound)) > 0;
        boolean refuted = !low && !high && !(comparison == Comparison.EQUAL && within);
        boolean met = low && high && !(comparison == Comparison.UNEQUAL && within);
        assertThat(atom.isRefuted(range))
            .as("%s %s %s", range, comparison, bound)
            .isEqualTo(refuted);
        assertThat(atom.isMet(range)).as("%s %s %s", range, comparison, bound).isEqualTo(met);
      }
    }
  }

  /** A computation that failed says nothing. */
  @Test
  void allNumbersSayNothing() {
    for (Comparison comparison : Comparison.values()) {
      Range all = new Range(-NAN_FREE, NAN_FREE);
      assertThat(atom(comparison, "0.1").isRefuted(all)).isFalse();
      assertThat(atom(comparison, "0.1").isMet(all)).isFalse();
    }
  }

  @Test
  void connectivesAreThoseOfLogic() {
    Condition yes = new Condition.All(List.of());
    Condition no = new Condition.Any(List.of());
    Condition maybe = atom(Comparison.LESS, "0");
    Range open = new Range(-1, 1);
    for (Condition one : List.of(yes, no, maybe)) {
      for (Condition other : List.of(yes, no, maybe)) {
        Condition all = new Condition.All(List.of(one, other));
        Condition any = new Condition.Any(List.of(one, other));
        assertThat(all.isRefuted(_ -> open)).isEqualTo(one == no || other == no);
        assertThat(all.isMet(List.of(), _ -> open)).isEqualTo(one == yes && other == yes);
        assertThat(any.isRefuted(_ -> open)).isEqualTo(one == no && other == no);
        assertThat(any.isMet(List.of(), _ -> open)).isEqualTo(one == yes || other == yes);
      }
    }
  }

  /** Nothing is assumed of what only an alternative says. */
  @Test
  void whatHasToBeTrueIsAssumed() {
    Condition.Atom below = atom(Comparison.LESS, "0.1");
    Condition.Atom above = atom(Comparison.AT_LEAST, "-3");
    Condition.Atom other =
        new Condition.Atom(
            Element.ofInput(0), Comparison.EQUAL, Rational.of(BigDecimal.ONE, BigDecimal.ONE));
    Condition any = new Condition.Any(List.of(other, atom(Comparison.GREATER, "0")));
    assertThat(any.assumed()).isEmpty();
    assertThat(below.assumed()).containsOnlyKeys(new Element(3, 1));
    assertThat(new Condition.All(List.of(below, any, above, other)).assumed())
        .containsOnlyKeys(new Element(3, 1), Element.ofInput(0))
        .containsEntry(Element.ofInput(0), new Range(1, 1))
        .containsEntry(new Element(3, 1), new Range(-3, Math.nextUp(Math.nextDown(0.1))));
  }
}
