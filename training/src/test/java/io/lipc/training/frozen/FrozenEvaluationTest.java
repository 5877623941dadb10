package io.lipc.training.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.RegressionData;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Shares that can be told by hand: the network is a matrix, with a proof of its bound. */
class FrozenEvaluationTest {

  /** {@code y = (x_0, x_1)}. */
  private static final double[][] SAME = {{1, 0}, {0, 1}};

  private static final double ONE = 1 + 1e-6;

  /** A network, and its weights with their proof. */
  private record Proved(TrainableNetwork network, FrozenNetwork frozen) {

    /** The accuracy comes first, then the share at each distance. */
    void assertShares(double[][] samples, int[] labels, List<Double> at, Double... shares)
        throws DataException {
      int m = frozen.subject().certificate().outputSize();
      List<String> classes = List.of("a", "b", "c").subList(0, m);
      FrozenEvaluation found = network.evaluate(frozen, Dataset.of(classes, samples, labels), at);
      assertThat(found.accuracy()).isEqualTo(shares[0]);
      assertThat(found.certified().keySet()).containsExactlyElementsOf(at);
      assertThat(found.certified().values())
          .containsExactlyElementsOf(List.of(shares).subList(1, shares.length));
    }
  }

  /** Weights that were not trained, without multipliers. */
  private record Given(SortedMap<String, double[]> tensors) implements Materialized {

    @Override
    public List<double[]> multipliers() {
      return List.of();
    }

    @Override
    public double[] pullBack(Map<String, double[]> gradients) {
      throw new AssertionError("freezing takes no derivatives");
    }
  }

  private static Proved proved(
      double[][] matrix, double bound, Optional<Interval> box, boolean pairs, ElementType precision)
      throws FreezingException {
    List<Property> properties = new ArrayList<>();
    properties.add(new Property.Lipschitz(bound, Norm.L2, Norm.L2));
    if (pairs) {
      properties.add(new Property.Pairs());
    }
    return proved(matrix, properties, box, precision);
  }

  private static Proved proved(
      double[][] matrix, List<Property> properties, Optional<Interval> box, ElementType precision)
      throws FreezingException {
    int outputs = matrix.length;
    List<Layer> layers =
        List.of(
            new Layer.Input(Shape.vector(2), box.map(side -> Collections.nCopies(2, side))),
            Layer.dense(0, 2, outputs, "y.weight", Optional.of("y.bias")));
    TrainableNetwork network =
        TrainableNetwork.of(
            new CheckedNetwork(
                new Network(
                    "test.Net",
                    properties,
                    new WeightsSource.Parameterized(Construction.LDLT, Optional.empty()),
                    precision,
                    layers),
                List.of("x", "y"),
                ""));
    SortedMap<String, double[]> tensors = new TreeMap<>();
    tensors.put("y.weight", Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray());
    tensors.put("y.bias", new double[outputs]);
    FrozenNetwork frozen = network.freeze(new Given(tensors));
    assertThat(CertificateChecker.check(frozen.subject())).isEqualTo(new Verdict.Accepted());
    return new Proved(network, frozen);
  }

  private static Proved same() throws FreezingException {
    return proved(SAME, ONE, Optional.empty(), false, ElementType.F32);
  }

  private static Proved boxed(double lower, double upper) throws FreezingException {
    Optional<Interval> box = Optional.of(new Interval(lower, upper));
    return proved(SAME, ONE, box, false, ElementType.F32);
  }

  /** The bound is 1, so margins of 1, 2 and 4 are radii of 0.71, 1.41 and 2.83. */
  @Test
  void aRadiusIsTheMarginByTheBound() throws Exception {
    double[][] samples = {{1, 0}, {0, 2}, {5, 1}, {3, 4}};
    List<Double> at = List.of(0.0, 0.7, 0.71, 1.41, 1.42, 2.82, 2.83);
    same()
        .assertShares(
            samples, new int[] {0, 1, 0, 0}, at, 0.75, 0.75, 0.75, 0.5, 0.5, 0.25, 0.25, 0.0);
  }

  @Test
  void theLargestLogitHasToBeTheOnlyOne() throws Exception {
    double[][] samples = {{1, 1}, {2, 2}, {0, 0}, {2, 1}};
    same().assertShares(samples, new int[] {0, 1, 0, 0}, List.of(0.0), 0.25, 0.25);
    same().assertShares(samples, new int[] {1, 0, 1, 1}, List.of(0.0), 0.0, 0.0);
  }

  /** Samples are what the network reads: floats. Two numbers may be one, and a box holds more. */
  @Test
  void samplesAreRoundedFirst() throws Exception {
    double[][] tie = {{1 + 1e-12, 1}};
    same().assertShares(tie, new int[1], List.of(0.0), 0.0, 0.0);
    double[][] atTheSide = {{2 + 1e-9, 0}};
    Proved narrow = boxed(-1, 2);
    narrow.assertShares(atTheSide, new int[1], List.of(1.0), 1.0, 1.0);
    RegressionData data = RegressionData.of(List.of("a", "b"), atTheSide, new double[][] {{2, 0}});
    assertThat(narrow.network().evaluate(narrow.frozen(), data, List.of(1.0)).outside()).isZero();
  }

  /** Each target has its own errors, and all the same tube. */
  @Test
  void errorsOfEachTarget() throws Exception {
    Proved identity = same();
    double[][] features = {{0, 0}, {1, 2}};
    double[][] values = {{0.25, 0}, {1, 5}};
    RegressionData data = RegressionData.of(List.of("a", "b"), features, values);
    List<Double> at = List.of(0.5, 2.0);
    FrozenRegression found = identity.network().evaluate(identity.frozen(), data, at);
    for (int k = 0; k < 2; k++) {
      FrozenRegression.AtDistance one = found.distances().get(k);
      assertThat(one.distance()).isEqualTo(at.get(k));
      double width = one.halfWidth();
      assertThat(width).isBetween(at.get(k), at.get(k) + 1e-5);
      assertThat(one.errors().get(0).mean()).isBetween(width + 0.125, width + 0.125 + 1e-9);
      assertThat(one.errors().get(0).largest()).isBetween(width + 0.25, width + 0.25 + 1e-9);
      assertThat(one.errors().get(1).mean()).isBetween(width + 1.5, width + 1.5 + 1e-9);
      assertThat(one.errors().get(1).largest()).isBetween(width + 3, width + 3 + 1e-9);
    }
    double near = found.tube().maxError();
    List<Double> far = List.of(0.5, 1e9);
    assertThat(identity.network().evaluate(identity.frozen(), data, far).tube().maxError())
        .isGreaterThan(1e6 * near);
  }

  /**
   * The least that is asked for may be the radius itself; without distances the box is the rows'.
   */
  @Test
  void theRadiusItself() throws Exception {
    Proved narrow = boxed(-1, 2);
    double error = RoundingBound.maxError(narrow.frozen().subject()).orElseThrow();
    double radius = CertifiedRadius.of(new double[] {1, 0}, ONE, error);
    List<Double> at = List.of(radius, Math.nextUp(radius));
    narrow.assertShares(new double[][] {{1, 0}}, new int[1], at, 1.0, 1.0, 0.0);
    Proved open = same();
    RegressionData data =
        RegressionData.of(
            List.of("a", "b"), new double[][] {{0, 1}, {1, 0}}, new double[][] {{0, 1}, {1, 0}});
    assertThat(open.network().evaluate(open.frozen(), data, List.of()).tube().maxError())
        .isEqualTo(
            RoundingBound.maxError(open.frozen().subject(), FrozenEvaluation.around(data, 0))
                .orElseThrow());
  }

  /** A network that may overflow has no rounding bound, so no row is certified. */
  @Test
  void overflows() throws Exception {
    double[][] ten = {{10, 0}, {0, 10}};
    Optional<Interval> box = Optional.of(new Interval(-3e38, 3e38));
    Proved wide = proved(ten, 10.001, box, false, ElementType.F32);
    wide.assertShares(new double[][] {{5, 0}}, new int[1], List.of(1e-9), 1.0, 0.0);
    double[][] large = {{3e38, 3e38}};
    Proved infinite = proved(large, 5e38, Optional.empty(), false, ElementType.F32);
    double[][] features = {{1e10, -1e10}, {0, 0}};
    RegressionData data = RegressionData.of(List.of("a"), features, new double[][] {{0}, {1}});
    FrozenRegression found = infinite.network().evaluate(infinite.frozen(), data, List.of(1e-30));
    assertThat(found.tube().maxError()).isInfinite();
    assertThat(found.distances().getFirst().errors())
        .containsExactly(
            new FrozenRegression.CertifiedError(
                Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  /** The network gives its input, without rounding. */
  @Test
  void noErrorIsRoundedDown() throws Exception {
    Proved identity = proved(SAME, ONE, Optional.empty(), false, ElementType.F64);
    Random random = new Random(7);
    for (int trial = 0; trial < 600; trial++) {
      int rows = trial % 2 == 0 ? 3 : 40;
      double[][] features = new double[rows][];
      double[][] values = new double[rows][];
      for (int i = 0; i < rows; i++) {
        double size = Math.pow(10, -random.nextInt(4));
        features[i] = random.doubles(2, -size, size).toArray();
        values[i] = random.doubles(2, -size, size).toArray();
        if (trial % 4 == 0 && i < 2) {
          values[i] = features[i].clone();
        }
      }
      RegressionData data = RegressionData.of(List.of("a", "b"), features, values);
      FrozenRegression.AtDistance at =
          identity
              .network()
              .evaluate(
                  identity.frozen(), data, List.of(trial % 4 == 0 ? 0 : 2 * random.nextDouble()))
              .distances()
              .getFirst();
      for (int k = 0; k < 2; k++) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal largest = BigDecimal.ZERO;
        for (int i = 0; i < rows; i++) {
          BigDecimal difference =
              new BigDecimal(features[i][k]).subtract(new BigDecimal(values[i][k]));
          BigDecimal error = difference.abs().add(new BigDecimal(at.halfWidth()));
          sum = sum.add(error);
          largest = largest.max(error);
        }
        FrozenRegression.CertifiedError found = at.errors().get(k);
        assertThat(new BigDecimal(found.largest())).isGreaterThanOrEqualTo(largest);
        assertThat(new BigDecimal(found.mean()).multiply(BigDecimal.valueOf(rows)))
            .isGreaterThanOrEqualTo(sum);
        assertThat(found.largest()).isCloseTo(largest.doubleValue(), within(1e-14));
        assertThat(found.mean()).isCloseTo(sum.doubleValue() / rows, within(1e-13));
      }
    }
  }

  /** The nearest class of three decides, wherever it stands. */
  @Test
  void allOtherClassesAreLookedAt() throws Exception {
    double[][] outputs = {{1, 0}, {0, 1}, {0.5, 0.5}};
    var three = proved(outputs, 1.2248, Optional.empty(), false, ElementType.F64);
    // Logits (3, -1, 1) twice, and (-1, 3, 1): the margins are 2.
    double radius = 2 / (Math.sqrt(2) * 1.2248);
    List<Double> at = List.of(0.99 * radius, 1.01 * radius);
    double[][] samples = {{3, -1}, {3, -1}, {-1, 3}, {-1, 3}};
    three.assertShares(samples, new int[] {0, 2, 1, 0}, at, 0.5, 0.5, 0.0);
  }

  @Test
  void samplesOutsideOfTheBoxAreCertifiedNothing() throws Exception {
    var narrow = boxed(-1, 2);
    double[][] samples = {{2, -1}, {3, -1}, {2, -1.5}, {1, 0}, {Math.nextUp(2f), 0}};
    narrow.assertShares(samples, new int[5], List.of(1e-9, 0.5), 1.0, 0.4, 0.4);
  }

  /**
   * A unit of length may be any number of the input: how far its elements move, only a box says.
   */
  @Test
  void distancesInUnitsSayNothingOfTheBoxAroundSamples() throws Exception {
    Property.Lipschitz plain = new Property.Lipschitz(ONE, Norm.L2, Norm.L2);
    Property.Scaled scaled =
        new Property.Scaled(
            new Property.Lipschitz(2 * ONE, Norm.L2, Norm.L2),
            new Property.Scale.Units(List.of(2.0, 2.0)));
    double[][] samples = {{100, 0}, {0, 50}};
    int[] labels = {0, 1};
    Dataset data = Dataset.of(List.of("a", "b"), samples, labels);
    Unit.Box around = FrozenEvaluation.around(data, 1);
    List<Double> at = List.of(1e-9, 17.6, 17.7, 35.3, 35.4);
    var open = proved(SAME, List.of(plain, scaled), Optional.empty(), ElementType.F32);
    open.assertShares(samples, labels, at, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    assertThat(FrozenEvaluation.maxError(open.frozen(), around)).isInfinite();
    // 50 and 100, by the root of 2 and by 2.
    Optional<Interval> box = Optional.of(new Interval(-128, 128));
    var boxed = proved(SAME, List.of(plain, scaled), box, ElementType.F32);
    boxed.assertShares(samples, labels, at, 1.0, 1.0, 1.0, 0.5, 0.5, 0.0);
    double error = FrozenEvaluation.maxError(boxed.frozen(), around);
    assertThat(error)
        .isEqualTo(RoundingBound.maxError(boxed.frozen().subject(), around).orElseThrow());
    assertThat(FrozenEvaluation.maxError(same().frozen(), around)).isEqualTo(error);
  }

  /** At such values a margin of a half is nothing: floats of that size differ by a sixteenth. */
  @Test
  void roundingIsTakenOff() throws Exception {
    var wide = boxed(-1e6, 1e6);
    double error = RoundingBound.maxError(wide.frozen.subject()).orElseThrow();
    assertThat(error).isBetween(0.05, 10.0);
    double[][] samples = {{3.9 * error, 0}, {4.1 * error, 0}, {8 * error, 0}};
    List<Double> at = List.of(1e-9, 2.8 * error, 2.9 * error);
    wide.assertShares(samples, new int[3], at, 1.0, 2 / 3.0, 1 / 3.0, 0.0);
  }

  /** A pair has a bound of its own, and a larger radius by it. */
  @Test
  void pairsHaveTheirOwnBounds() throws Exception {
    double[][] outputs = {{4, 0}, {0, 0.1}, {0, -0.1}};
    var one = proved(outputs, 4.001, Optional.empty(), false, ElementType.F64);
    var each = proved(outputs, 4.001, Optional.empty(), true, ElementType.F64);
    PairBounds pairs = each.frozen.pairs().orElseThrow();
    assertThat(pairs.of(1, 2)).isCloseTo(0.2, within(1e-3));
    assertThat(pairs.of(0, 1)).isCloseTo(4, within(0.1));
    // Logits (-8, 0.1, -0.1): 0.2 / (4 sqrt(2)) by the bound, 0.2 / 0.2 by the pair.
    double[][] samples = {{-2, 1}, {-2, -1}, {0.5, 1}};
    int[] labels = {1, 2, 0};
    List<Double> at = List.of(0.03, 0.04, 0.4, 0.5, 0.99, 1.01);
    one.assertShares(samples, labels, at, 1.0, 1.0, 1 / 3.0, 0.0, 0.0, 0.0, 0.0);
    // (2, 0.1, -0.1): 1.9 / 4.
    each.assertShares(samples, labels, at, 1.0, 1.0, 1.0, 1.0, 2 / 3.0, 2 / 3.0, 0.0);
  }

  /** Every float that is so near to a sample, which is rounded to floats as well. */
  @Test
  void theBoxAroundSamples() throws Exception {
    double[][] samples = {{0.1, -3}, {7.7, -2000000.1}, {-0.3, 5}};
    Dataset data = Dataset.of(List.of("a", "b"), samples, new int[3]);
    for (double distance : new double[] {0, 1e-3, 0.1, 100}) {
      Unit.Box box = FrozenEvaluation.around(data, distance);
      for (double[] sample : samples) {
        for (int i = 0; i < 2; i++) {
          double[] low = rounded(sample);
          double[] high = rounded(sample);
          low[i] = notBelow(low[i] - distance);
          high[i] = -notBelow(-high[i] - distance);
          assertThat(box.contains(low)).as("%s", distance).isTrue();
          assertThat(box.contains(high)).as("%s", distance).isTrue();
        }
      }
      assertThat(box.lower().get(0)).isCloseTo(-0.3 - distance, within(1e-6));
      assertThat(box.upper().get(0)).isCloseTo(7.7 + distance, within(1e-5));
      assertThat(box.lower().get(1)).isCloseTo(-2e6 - distance, within(1.0));
      assertThat(box.upper().get(1)).isCloseTo(5 + distance, within(0.3));
    }
  }

  /** The least float that is not below. */
  private static double notBelow(double value) {
    float nearest = (float) value;
    return nearest >= value ? nearest : Math.nextUp(nearest);
  }

  private static double[] rounded(double[] x) {
    return new double[] {(float) x[0], (float) x[1]};
  }

  /** A network without a box is evaluated as far as the largest distance that is asked for. */
  @Test
  void theBoxReachesToTheLargestDistance() throws Exception {
    double[][] samples = {{0.5, 0}, {0, 0.5}};
    int[] labels = {0, 1};
    same().assertShares(samples, labels, List.of(0.1), 1.0, 1.0);
    same().assertShares(samples, labels, List.of(0.1, 1e9), 1.0, 0.0, 0.0);
    Subject subject = same().frozen().subject();
    Unit.Box box = FrozenEvaluation.around(Dataset.of(List.of("a", "b"), samples, labels), 1e9);
    assertThat(RoundingBound.maxError(subject, box).orElseThrow()).isGreaterThan(0.5);
  }
}
