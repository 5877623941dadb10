package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certificate.function.Elementwise;
import io.lipc.model.GroupedKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Exact and enclosed evaluation, and the derivatives that the search uses. */
class RatioTest {

  private static final Elementwise TANH = Elementwise.of("tanh", List.of());
  private static final Elementwise SIGMOID = Elementwise.of("sigmoid", List.of());
  private static final Elementwise SILU = Elementwise.of("silu", List.of());

  @Test
  void exactValuesLieInTheEnclosures() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Program program = RandomNetworks.graph(random).program();
      List<Double> x = random.doubles(program.inputSize(), -2, 2).boxed().toList();
      if (!program.isPiecewiseLinear()) {
        continue;
      }

      List<BigDecimal> exact = new Evaluation<>(new ExactArithmetic()).apply(program, x);
      var enclosed = new Evaluation<>(new IntervalArithmetic()).apply(program, x);
      double[] rounded =
          new Linearisation(program, x.stream().mapToDouble(Double::doubleValue).toArray())
              .output();
      for (int i = 0; i < exact.size(); i++) {
        assertThat(exact.get(i))
            .isBetween(
                new BigDecimal(enclosed.get(i).lower()), new BigDecimal(enclosed.get(i).upper()));
        assertThat(rounded[i]).isBetween(enclosed.get(i).lower(), enclosed.get(i).upper());
      }
    }
  }

  @Test
  void transposedJacobianIsTheAdjoint() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Program program = RandomNetworks.graph(random).program();
      double[] v = TestNetwork.randomVector(random, program.inputSize());
      double[] u = TestNetwork.randomVector(random, program.outputSize());
      Linearisation at =
          new Linearisation(program, TestNetwork.randomVector(random, program.inputSize()));

      double forward = dot(u, at.times(v));
      double backward = dot(at.transposedTimes(u), v);
      assertThat(forward - backward).isBetween(-1e-10, 1e-10);
    }
  }

  @Test
  void ratioOfALineIsItsSlopeRoundedDown() {
    TestNetwork network = TestNetwork.of(1);
    network.dense(0, new double[][] {{-0.1}});
    Pair pair = new Pair(List.of(0.3), List.of(-1.7));

    assertThat(Ratio.below(network.program(), Norms.EUCLIDEAN, pair)).isEqualTo(0.1);
  }

  @Test
  void ratioOfEqualInputsIsZero() {
    TestNetwork network = TestNetwork.of(1);
    network.scale(0, 2);

    assertThat(
            Ratio.below(network.program(), Norms.EUCLIDEAN, new Pair(List.of(1.0), List.of(1.0))))
        .isZero();
  }

  @Test
  void enclosureOfTanhHoldsTheNeighboursOfTheComputedValue() {
    IntervalArithmetic arithmetic = new IntervalArithmetic();
    DoubleStream.of(-30, -1, -1e-9, 0, 1e-300, 0.5, 20)
        .forEach(
            t -> {
              var enclosure = arithmetic.apply(TANH, arithmetic.of(t));
              double above = Math.min(1, Math.nextUp(Math.tanh(t)));
              double below = Math.max(-1, Math.nextDown(Math.tanh(t)));
              assertThat(enclosure.lower()).isLessThanOrEqualTo(below);
              assertThat(enclosure.upper()).isGreaterThanOrEqualTo(above);
              assertThat(enclosure.lower()).isBetween(-1.0, 1.0);
              assertThat(enclosure.upper()).isBetween(-1.0, 1.0);
            });
  }

  @Test
  void enclosuresOfSigmoidAndSiluHoldWhatTheirDefinitionsGive() {
    IntervalArithmetic arithmetic = new IntervalArithmetic();
    for (double lower = -40; lower < 40; lower += 0.37) {
      var t = new IntervalArithmetic.Enclosure(lower, lower + 0.4);
      for (int i = 0; i <= 8; i++) {
        double at = lower + 0.4 * i / 8;
        double sigmoid = 0.5 + Math.tanh(at / 2) / 2; // In another way, for t > 0 as precise.
        assertHolds(arithmetic.apply(SIGMOID, t), sigmoid, at < 0 ? 1e-15 : 0);
        assertHolds(arithmetic.apply(SILU, t), at * sigmoid, at < 0 ? 1e-13 : 0);
      }
    }
  }

  @Test
  void enclosuresOfSigmoidAndSiluAreNarrowAndStayInTheirRanges() {
    IntervalArithmetic arithmetic = new IntervalArithmetic();
    for (double t : new double[] {-1e300, -800, -745, -2, -1e-9, 0, 1e-300, 3, 40, 800, 1e300}) {
      var sigmoid = arithmetic.apply(SIGMOID, arithmetic.of(t));
      assertThat(sigmoid.lower()).isNotNegative();
      assertThat(sigmoid.upper()).isLessThanOrEqualTo(1);
      assertThat(sigmoid.upper() - sigmoid.lower()).isBetween(0.0, 1e-14);
      var silu = arithmetic.apply(SILU, arithmetic.of(t));
      assertThat(silu.lower()).isGreaterThan(-0.279);
      assertThat(silu.upper() - silu.lower()).isBetween(0.0, 1e-14 * Math.max(1, t));
    }
  }

  private static void assertHolds(
      IntervalArithmetic.Enclosure enclosure, double value, double tolerance) {
    assertThat(value).isBetween(enclosure.lower() - tolerance, enclosure.upper() + tolerance);
  }

  @Test
  void maxMinSortsNeighbours() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, GroupedKind.MAXMIN);
    double[] sorted = new Linearisation(network.program(), new double[] {1, 2, 4, 3}).output();

    assertThat(sorted).containsExactly(2, 1, 4, 3);
    assertThat(
            new Evaluation<>(new ExactArithmetic())
                .apply(network.program(), List.of(1.0, 2.0, 4.0, 3.0)))
        .containsExactlyElementsOf(Arrays.stream(sorted).mapToObj(BigDecimal::new).toList());
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
