package io.lipc.certificate.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each row of the table against enclosures of the derivative: none leaves the row anywhere on the
 * line, and both ends are nearly taken.
 */
final class SlopeBracketsTest {

  private static final int MOST_CELLS = 2_000_000;

  private static SlopeTable.Slopes slopes(String name, Double... constants) {
    return Group.of(ActivationFunction.of(name, List.of(constants)), 1).slopes();
  }

  /** By the mean value theorem; near an extreme the second derivative is small. */
  private static Enclosure derivative(String name, Enclosure cell) {
    double middle = (cell.lower() + cell.upper()) / 2;
    Enclosure distance = cell.minus(Enclosure.of(middle));
    return SmoothFunctions.jet(name, Enclosure.of(middle))
        .first()
        .plus(SmoothFunctions.jet(name, cell).second().times(distance));
  }

  /** Halves cells until each enclosure is as wanted. */
  private static void everywhere(
      double from, double to, UnaryOperator<Enclosure> enclosure, Predicate<Enclosure> wanted) {
    Deque<Enclosure> open = new ArrayDeque<>();
    for (double t = from; t < to; t += 1) {
      open.push(new Enclosure(t, Math.min(t + 1, to)));
    }
    int cells = 0;
    while (!open.isEmpty()) {
      Enclosure cell = open.pop();
      if (!wanted.test(enclosure.apply(cell))) {
        double middle = (cell.lower() + cell.upper()) / 2;
        open.push(new Enclosure(cell.lower(), middle));
        open.push(new Enclosure(middle, cell.upper()));
      }
      cells++;
      assertThat(cells).as("cells until the enclosures are narrow enough").isLessThan(MOST_CELLS);
    }
  }

  /**
   * Beyond {@code far} the derivative is within {@code rest} of 0 or 1. With x = |t|: silu (1 + x)
   * e^-x; mish 4 (1 + x) e^-x, as its factor T has T or 1 - T below 3 e^-x and T' below 4 e^-x;
   * gelu (1 + x) e^(-x^2/2); gelu_tanh (1 + x (1.6 + 0.22 x^2)) e^(-1.5 x), as w is above 1.5 x.
   * All of these fall for x above 3.
   */
  @ParameterizedTest
  @CsvSource({
    "silu, 64, 2.399357280515468",
    "mish, 64, 1.4905711794854284",
    "gelu, 12, 1.4142135623730951",
    "gelu_tanh, 20, 1.4185040087908284",
  })
  void noSlopeIsOutsideItsRowAndTheEndsAreTaken(String name, double far, double steepest) {
    SlopeTable.Slopes row = slopes(name);
    everywhere(
        -far,
        far,
        cell -> derivative(name, cell),
        first -> first.isWithin(row.lower(), row.upper()));
    double rest = 4 * (1 + far * (1.6 + 0.22 * far * far)) * Math.exp(-far);
    assertThat(rest).isLessThan(Math.min(-row.lower(), row.upper() - 1));
    double flattest = name.equals("mish") ? -2.2563763963607931 : -steepest;
    Enclosure most = SmoothFunctions.jet(name, Enclosure.of(steepest)).first();
    Enclosure least = SmoothFunctions.jet(name, Enclosure.of(flattest)).first();
    assertThat(row.upper() - most.lower()).isBetween(0.0, 0x1p-28);
    assertThat(least.upper() - row.lower()).isBetween(0.0, 0x1p-28);
  }

  /**
   * The function falls up to the place of its bottom and rises behind it, and the bottom is where
   * the enclosures have it: at a point of a narrow range they give no less than the least value.
   * Beyond {@code far} the derivative has the sign of {@code 1 + t} times a factor near 1.
   */
  @ParameterizedTest
  @CsvSource({
    "silu, 64, -1.27846455, -1.27846454",
    "mish, 64, -1.19243122, -1.19243121",
    "gelu, 12, -0.75179153, -0.75179152",
    "gelu_tanh, 20, -0.75246143, -0.75246142",
  })
  void eachValleyHasItsBottom(String name, double far, double left, double right) {
    everywhere(-far, left, cell -> derivative(name, cell), first -> first.upper() < 0);
    everywhere(right, far, cell -> derivative(name, cell), first -> first.lower() > 0);
    Enclosure bottom = new Enclosure(left, right);
    Enclosure values =
        SmoothFunctions.jet(name, Enclosure.of(left))
            .value()
            .plus(derivative(name, bottom).times(bottom.minus(Enclosure.of(left))));
    Elementwise function = Elementwise.of(name, List.of());
    assertThat(function.over(new Range(left, right)).lower())
        .isBetween(values.lower() - 1e-7, values.lower());
    // Beside the bottom the ends count.
    assertThat(function.over(new Range(-3, Math.nextDown(left))).lower()).isLessThan(-0.16);
    assertThat(function.over(new Range(1, 2)).lower()).isGreaterThan(0.7);
  }

  /** Rows whose ends are exact by the signs of all terms: rounding may pass them by 2^-40. */
  private static void monotone(
      SlopeTable.Slopes row, double far, UnaryOperator<Enclosure> derivative) {
    everywhere(
        -far,
        far,
        derivative,
        first -> first.isWithin(row.lower() - 0x1p-40, row.upper() + 0x1p-40));
  }

  private static Enclosure sigmoid(Enclosure t) {
    return Jet.argument(t).sigmoid().value();
  }

  @Test
  void softplusHasTheSlopesOfTheSigmoid() {
    monotone(slopes("softplus"), 64, SlopeBracketsTest::sigmoid);
    assertThat(sigmoid(Enclosure.of(64)).lower()).isGreaterThan(1 - 0x1p-28);
    assertThat(sigmoid(Enclosure.of(-64)).upper()).isLessThan(0x1p-28);
  }

  /** {@code 1 - tanh^2 = 4 s (1 - s)} at twice the argument. */
  @Test
  void tanhHasSlopesUpToOne() {
    UnaryOperator<Enclosure> slope =
        t -> {
          Enclosure half = sigmoid(t.times(2)).minus(Enclosure.of(0.5));
          return Enclosure.ONE.minus(half.square().times(4));
        };
    monotone(slopes("tanh"), 32, slope);
    assertThat(slope.apply(Enclosure.of(0)).lower()).isGreaterThan(1 - 0x1p-28);
    assertThat(slope.apply(Enclosure.of(32)).upper()).isLessThan(0x1p-28);
  }

  @Test
  void softsignHasSlopesUpToOne() {
    UnaryOperator<Enclosure> slope =
        t -> {
          double least = Math.max(0, Math.max(t.lower(), -t.upper()));
          double most = Math.max(-t.lower(), t.upper());
          return new Enclosure(least, most).plus(Enclosure.ONE).square().inverse();
        };
    monotone(slopes("softsign"), 64, slope);
    // Further out it only falls.
    assertThat(slope.apply(new Enclosure(64, 1e9)).isWithin(-0x1p-40, 1)).isTrue();
    assertThat(slope.apply(Enclosure.of(1e9)).upper()).isLessThan(0x1p-28);
    assertThat(slope.apply(Enclosure.of(0)).lower()).isGreaterThan(1 - 0x1p-28);
  }

  @ParameterizedTest
  @CsvSource({"0", "0.25", "1", "2.5"})
  void eluHasTheSlopesOfBothSides(double alpha) {
    SlopeTable.Slopes row = slopes("elu", alpha);
    UnaryOperator<Enclosure> below = t -> t.exp().times(alpha);
    everywhere(-64, 0, below, first -> first.isWithin(-0x1p-40, alpha + 0x1p-40));
    assertThat(row).isEqualTo(new SlopeTable.Slopes(0, Math.max(1, alpha)));
    double most = Math.max(1, below.apply(Enclosure.of(0)).lower());
    assertThat(row.upper() - most).isLessThan(0x1p-28);
    assertThat(below.apply(Enclosure.of(-64)).upper() - row.lower()).isLessThan(0x1p-28);
  }

  @ParameterizedTest
  @CsvSource({"0.01", "1", "100"})
  void celuHasSlopesUpToOneWhateverItsConstant(double alpha) {
    SlopeTable.Slopes row = slopes("celu", alpha);
    UnaryOperator<Enclosure> below = t -> t.times(Enclosure.of(alpha).inverse()).exp();
    everywhere(-64 * alpha, 0, below, first -> first.isWithin(-0x1p-40, 1 + 0x1p-40));
    assertThat(row).isEqualTo(new SlopeTable.Slopes(0, 1));
    assertThat(below.apply(Enclosure.of(-64 * alpha)).upper()).isLessThan(0x1p-28);
  }

  @Test
  void seluIsSteepestBelowZero() {
    SlopeTable.Slopes row = slopes("selu");
    Enclosure steepest =
        Enclosure.near(1.0507009873554805).times(Enclosure.near(1.6732632423543772));
    everywhere(
        -64, 0, t -> t.exp().times(steepest), first -> first.isWithin(-0x1p-40, row.upper()));
    assertThat(row.upper() - steepest.upper()).isBetween(0.0, 0x1p-28);
    assertThat(Enclosure.of(-64).exp().times(steepest).upper()).isLessThan(0x1p-28);
  }

  @Test
  void hardSwishHasItsSteepestSlopesAtItsKinks() {
    SlopeTable.Slopes row = slopes("hard_swish");
    UnaryOperator<Enclosure> slope =
        t -> t.times(Enclosure.of(3).inverse()).plus(Enclosure.of(0.5));
    everywhere(-3, 3, slope, first -> first.isWithin(-0.5 - 0x1p-40, 1.5 + 0x1p-40));
    assertThat(slope.apply(Enclosure.of(-3)).upper() - row.lower()).isLessThan(0x1p-28);
    assertThat(row.upper() - slope.apply(Enclosure.of(3)).lower()).isLessThan(0x1p-28);
  }

  @Test
  void hardSigmoidHasTheSlopesZeroAndASixth() {
    SlopeTable.Slopes row = slopes("hard_sigmoid");
    Enclosure sixth = Enclosure.of(6).inverse();
    assertThat(row.lower()).isZero();
    assertThat(row.upper() - sixth.upper()).isBetween(0.0, 0x1p-28);
  }

  /** On a period; sin(t) is between t - t^3/6 and t - t^3/6 + t^5/120 for t >= 0, for example. */
  @Test
  void theCosineIsBetweenMinusOneAndOne() {
    assertThat(slopes("sin")).isEqualTo(new SlopeTable.Slopes(-1, 1));
    Elementwise sine = Elementwise.of("sin", List.of());
    for (double t = -8; t < 8; t += 0x1p-6) {
      // |sin u - sin v| <= |u - v|: each enclosure contains the value in the middle, +- the half.
      Range cell = sine.over(new Range(t, t + 0x1p-6));
      assertThat(cell.upper() - cell.lower()).isBetween(0.0, 0x1p-6 + 1e-12);
      assertThat(StrictMath.sin(t + 0x1p-7)).isBetween(cell.lower(), cell.upper());
    }
    assertThat(StrictMath.sin(0x1p-20) / 0x1p-20).isGreaterThan(1 - 0x1p-28);
    double turn = StrictMath.sin(Math.PI + 0x1p-16) - StrictMath.sin(Math.PI - 0x1p-16);
    assertThat(turn / 0x1p-15).isLessThan(-1 + 0x1p-28);
  }
}
