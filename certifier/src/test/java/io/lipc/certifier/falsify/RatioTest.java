package io.lipc.certifier.falsify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certificate.enclosure.ExactNumbers;
import io.lipc.certificate.enclosure.Intervals;
import io.lipc.certifier.RandomNetworks;
import io.lipc.certifier.TestNetwork;
import io.lipc.formats.Norm;
import io.lipc.model.Interval;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Exact and enclosed evaluation, and the derivatives that the search uses. */
class RatioTest {

  @Test
  void exactValuesLieInTheEnclosures() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Program program = RandomNetworks.graph(random).program();
      List<Double> x = random.doubles(program.inputSize(), -2, 2).boxed().toList();
      if (!program.isPiecewiseLinear()) {
        continue;
      }

      List<BigDecimal> exact =
          program.output(new ExactNumbers(), x.stream().map(BigDecimal::new).toList());
      var enclosed = program.output(new Intervals(), x.stream().map(Intervals::of).toList());
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

  /** The side of such a box is no double, so that a step in it may lead to no number. */
  @Test
  void aBoxMayBeAsWideAsAllDoubles() {
    Interval all = new Interval(-Double.MAX_VALUE, Double.MAX_VALUE);
    TestNetwork network = TestNetwork.inBox(List.of(all, new Interval(0, 0)));
    network.activate(0, PointwiseKind.HARD_TANH);
    for (Norm norm : Norm.values()) {
      LowerBounds.Found found =
          LowerBounds.search(network.program(), new Norms(norm, Norm.LINF), 3);
      assertThat(found.bound().value()).isBetween(0.0, 1.0);
    }
    Pair none = new Pair(List.of(0.5, 0.0), List.of(Double.NaN, 0.0));
    assertThat(Ratio.below(network.program(), Norms.EUCLIDEAN, none)).isZero();
  }

  /** The largest double that is not above it, by whole numbers of any length. */
  @Test
  void noRatioIsRoundedUp() {
    Random random = new Random(5);
    for (int trial = 0; trial < 400; trial++) {
      int inputs = random.nextInt(1, 4);
      double[][] matrix = new double[random.nextInt(1, 4)][];
      Arrays.setAll(matrix, _ -> random.doubles(inputs, -2, 2).toArray());
      TestNetwork network = TestNetwork.of(inputs);
      network.dense(0, matrix);
      Pair pair =
          new Pair(
              random.doubles(inputs, -2, 2).boxed().toList(),
              random.doubles(inputs, -2, 2).boxed().toList());
      List<BigDecimal> moved = new ArrayList<>();
      for (int i = 0; i < inputs; i++) {
        moved.add(
            new BigDecimal(pair.first().get(i)).subtract(new BigDecimal(pair.second().get(i))));
      }
      List<BigDecimal> outputs = new ArrayList<>();
      for (double[] row : matrix) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < inputs; i++) {
          sum = sum.add(new BigDecimal(row[i]).multiply(moved.get(i)));
        }
        outputs.add(sum);
      }
      for (Norm in : Norm.values()) {
        for (Norm out : Norm.values()) {
          double ratio = Ratio.below(network.program(), new Norms(in, out), pair);
          BigDecimal exact = square(out, outputs);
          BigDecimal square = square(in, moved);
          assertThat(new BigDecimal(ratio).pow(2).multiply(square)).isLessThanOrEqualTo(exact);
          BigDecimal next = new BigDecimal(Math.nextUp(ratio));
          assertThat(next.pow(2).multiply(square)).isGreaterThan(exact);
        }
      }
    }
  }

  private static BigDecimal square(Norm norm, List<BigDecimal> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal value : values) {
      sum = norm == Norm.L2 ? sum.add(value.pow(2)) : sum.max(value.pow(2));
    }
    return sum;
  }

  /**
   * tanh(1) by both of its enclosures, which are rounded outwards; and two outputs, in both norms.
   */
  @Test
  void ratiosOfCurvesAreEnclosed() {
    BigDecimal tanh = new BigDecimal("0.76159415595576488811945828260479359041");
    TestNetwork network = TestNetwork.of(1);
    network.activate(0, PointwiseKind.TANH);
    network.dense(1, new double[][] {{3}, {-4}});
    for (Norm in : Norm.values()) {
      for (Norm out : Norm.values()) {
        double ratio =
            Ratio.below(
                network.program(), new Norms(in, out), new Pair(List.of(1.0), List.of(-1.0)));
        BigDecimal exact = tanh.multiply(BigDecimal.valueOf(out == Norm.L2 ? 5 : 4));
        assertThat(new BigDecimal(ratio)).isBetween(exact.subtract(new BigDecimal("1e-13")), exact);
      }
    }
  }

  @Test
  void ratiosBeyondAllDoublesAreTheLargest() {
    TestNetwork network = TestNetwork.of(1);
    network.scale(0, 1e300);
    network.scale(1, 1e300);
    Pair pair = new Pair(List.of(1.0), List.of(-1.0));
    assertThat(Ratio.below(network.program(), Norms.EUCLIDEAN, pair)).isEqualTo(Double.MAX_VALUE);
    TestNetwork curved = TestNetwork.of(1);
    curved.activate(0, PointwiseKind.TANH);
    curved.scale(1, 1e300);
    curved.scale(2, 1e300);
    assertThat(Ratio.below(curved.program(), Norms.EUCLIDEAN, pair)).isBetween(0.0, 1e308);
  }

  /** To the last bit up to 30,000 products and 60 steps, beyond them by enclosures. */
  @Test
  void shortNetworksAreEvaluatedExactly() {
    for (int inputs : new int[] {14_999, 15_000}) {
      TestNetwork wide = TestNetwork.of(inputs);
      double[] row = new Random(inputs).doubles(inputs, 0, 1).toArray();
      wide.dense(0, new double[][] {row});
      // Of the inputs, of the row, and of each factor: 30,000 and 30,001.
      int factors = inputs == 14_999 ? 2 : 1;
      for (int at = 1; at <= factors; at++) {
        wide.scale(at, 2);
      }
      assertThat(wide.program().products()).isEqualTo(2 * inputs + factors);
      BigDecimal sum = Arrays.stream(row).mapToObj(BigDecimal::new).reduce(BigDecimal::add).get();
      assertTight(
          wide,
          new Pair(Collections.nCopies(inputs, 1.0), Collections.nCopies(inputs, 0.0)),
          sum.multiply(BigDecimal.valueOf(1 << factors)),
          inputs == 14_999);
    }
    for (int steps : new int[] {60, 61}) {
      TestNetwork deep = TestNetwork.of(1);
      BigDecimal product = BigDecimal.ONE;
      for (int at = 0; at < steps - 1; at++) {
        deep.scale(at, 1.1);
        product = product.multiply(new BigDecimal(1.1));
      }
      assertTight(deep, new Pair(List.of(1.0), List.of(0.0)), product, steps == 60);
    }
  }

  private static void assertTight(TestNetwork net, Pair pair, BigDecimal ratio, boolean tight) {
    double found = Ratio.below(net.program(), new Norms(Norm.LINF, Norm.LINF), pair);
    assertThat(new BigDecimal(found)).isBetween(ratio.multiply(new BigDecimal("0.999")), ratio);
    assertThat(new BigDecimal(Math.nextUp(found)).compareTo(ratio) > 0).isEqualTo(tight);
  }

  /** Both have a tensor of the same name, and what a callee calls has one as well. */
  @Test
  void calleesHaveTheirOwnWeights() {
    TestNetwork inmost = TestNetwork.of(1);
    inmost.dense(0, new double[][] {{0.25}});
    TestNetwork inner = TestNetwork.of(1);
    inner.call(inner.dense(0, new double[][] {{3}}), inmost.subject("demo.Inmost"));
    TestNetwork outer = TestNetwork.of(1);
    outer.call(outer.dense(0, new double[][] {{2}}), inner.subject("demo.Inner"));
    Pair pair = new Pair(List.of(1.0), List.of(0.0));
    assertThat(Ratio.below(outer.program(), Norms.EUCLIDEAN, pair)).isEqualTo(1.5);
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
  void maxMinSortsNeighbours() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, GroupedKind.MAXMIN);
    double[] sorted = new Linearisation(network.program(), new double[] {1, 2, 4, 3}).output();

    assertThat(sorted).containsExactly(2, 1, 4, 3);
    assertThat(
            network
                .program()
                .output(
                    new ExactNumbers(), Stream.of(1, 2, 4, 3).map(BigDecimal::valueOf).toList()))
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
