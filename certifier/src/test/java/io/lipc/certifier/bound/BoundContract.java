package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.RandomNetworks;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.falsify.Linearisation;
import io.lipc.certifier.falsify.Program;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every method has to do. */
abstract class BoundContract {

  abstract Method method();

  private double bound(TestNetwork network) {
    return network.bound(method());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noSampledRatioExceedsTheBoundOfARandomGraph(long seed) {
    Random random = new Random(seed);
    TestNetwork network = RandomNetworks.graph(random);
    double bound = bound(network);

    Program program = network.program();
    for (int i = 0; i < 200; i++) {
      double[] x = TestNetwork.randomVector(random, program.inputSize());
      double[] step = TestNetwork.randomVector(random, program.inputSize());
      double[] y = x.clone();
      Dense.addScaled(y, step, Math.scalb(1.0, -random.nextInt(12)));
      double[] change = new Linearisation(program, y).output();
      Dense.addScaled(change, new Linearisation(program, x).output(), -1);
      Dense.addScaled(y, x, -1);
      assertThat(Dense.norm(change)).isLessThanOrEqualTo(bound * Dense.norm(y) * (1 + 1e-9));
    }
  }

  @Test
  void zeroMatrixGivesZeroOrNearlySo() {
    TestNetwork network = TestNetwork.of(3);
    network.dense(network.relu(network.dense(0, new double[4][3])), ones(2, 4));

    assertThat(bound(network)).isBetween(0.0, 1e-20);
  }

  @Test
  void zeroBranchOfASumCostsNothing() {
    TestNetwork network = TestNetwork.of(3);
    network.sum(0, network.relu(network.dense(0, new double[3][3])));

    assertThat(bound(network)).isBetween(1.0, 1 + 1e-8);
  }

  @Test
  void scaleByZeroGivesZero() {
    TestNetwork network = TestNetwork.of(3);
    network.scale(network.relu(network.dense(0, ones(3, 3))), 0);

    assertThat(bound(network)).isZero();
  }

  @Test
  void numberIsItsAbsoluteValue() {
    TestNetwork network = TestNetwork.of(1);
    network.dense(0, new double[][] {{-0.75}});

    assertThat(bound(network)).isBetween(0.75, 0.75 * (1 + 1e-8));
  }

  @Test
  void matrixAloneHasItsNorm() {
    TestNetwork network = TestNetwork.of(2);
    network.dense(0, new double[][] {{3, 0}, {4, 0}});

    assertThat(bound(network)).isBetween(5.0, 5 * (1 + 1e-8));
  }

  @Test
  void identityHasOne() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, LinearKind.IDENTITY);

    assertThat(bound(network)).isBetween(1.0, 1 + 1e-8);
  }

  @Test
  void inputAloneHasOne() {
    assertThat(bound(TestNetwork.of(4))).isBetween(1.0, 1 + 1e-8);
  }

  @Test
  void reluAloneHasOne() {
    TestNetwork network = TestNetwork.of(4);
    network.relu(0);

    assertThat(bound(network)).isBetween(1.0, 1 + 1e-8);
  }

  @Test
  void leakyReluOfSlopeOneIsTheIdentity() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, PointwiseKind.LEAKY_RELU, 1.0);

    assertThat(bound(network)).isBetween(1.0, 1 + 1e-8);
  }

  @Test
  void steepLeakyReluHasItsSlope() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, PointwiseKind.LEAKY_RELU, -3.0);

    assertThat(bound(network)).isBetween(3.0, 3 * (1 + 1e-6));
  }

  @Test
  void siluIsSteeperThanOne() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, PointwiseKind.SILU);

    assertThat(bound(network)).isBetween(1.09983932012, 1.09983932041 * (1 + 1e-6));
  }

  @Test
  void sigmoidHasAQuarter() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(network.scale(0, 4), PointwiseKind.SIGMOID);

    assertThat(bound(network)).isBetween(1.0, 1 + 1e-6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 1e-12, 1e12, 1e30})
  void scaleOfTheWeightsDoesNotMatter(double scale) {
    Random random = new Random(3);
    double[][] first = TestNetwork.random(random, 6, 4);
    double[][] second = TestNetwork.random(random, 2, 6);
    TestNetwork plain = TestNetwork.of(4);
    plain.dense(plain.relu(plain.dense(0, first)), second);
    TestNetwork scaled = TestNetwork.of(4);
    double[][] large = Arrays.stream(first).map(double[]::clone).toArray(double[][]::new);
    Arrays.stream(large).forEach(row -> Arrays.setAll(row, j -> row[j] * scale));
    scaled.dense(scaled.relu(scaled.dense(0, large)), second);

    assertThat(bound(scaled) / scale)
        .isBetween(bound(plain) * (1 - 1e-6), bound(plain) * (1 + 1e-6));
  }

  @Test
  void rankOneAndDuplicateNeuronsAreNoTrouble() {
    TestNetwork network = TestNetwork.of(3);
    int hidden = network.relu(network.dense(0, ones(6, 3)));
    network.dense(hidden, ones(2, 6));

    double product = Math.sqrt(18) * Math.sqrt(12);
    assertThat(bound(network)).isBetween(product * (1 - 1e-9), product * (1 + 1e-6));
  }

  @Test
  void constantNeuronIsNoTrouble() {
    TestNetwork network = TestNetwork.of(2);
    int hidden = network.relu(network.dense(0, new double[][] {{1, 0}, {0, 0}, {0, 1}}));
    network.dense(hidden, ones(1, 3));

    assertThat(bound(network)).isBetween(Math.sqrt(2), Math.sqrt(3) * (1 + 1e-6));
  }

  @Test
  void absIsOneLipschitzInAChain() {
    TestNetwork network = TestNetwork.of(3);
    int at = 0;
    for (int i = 0; i < 6; i++) {
      at = network.activate(network.scale(at, 2), PointwiseKind.ABS);
    }

    assertThat(bound(network)).isBetween(64.0, 64 * (1 + 1e-5));
  }

  @Test
  void affineUnitTakesTheLargestScale() {
    TestNetwork network = TestNetwork.of(3);
    network.relu(network.affine(0, List.of(1.0, -2.0, 0.5), List.of(7.0, 8.0, 9.0)));

    assertThat(bound(network)).isBetween(2.0, 2 * (1 + 1e-6));
  }

  @Test
  void selectedOutputsAreBoundedAlone() {
    TestNetwork network = TestNetwork.of(2);
    network.dense(0, new double[][] {{9, 0}, {0, 1}});
    Options options =
        new Options(method(), OptionalDouble.empty(), List.of(1), 1, Options.Effort.REPORT);

    double bound = ((Certification.Certified) network.certify(options)).upper().value();
    assertThat(bound).isBetween(1.0, 9 * (1 + 1e-8));
  }

  @Test
  void calleeCountsByItsCertifiedBound() {
    TestNetwork inner = TestNetwork.of(3);
    inner.relu(inner.scale(0, 2));
    TestNetwork outer = TestNetwork.of(3);
    outer.scale(outer.call(0, inner.subject("demo.Inner")), 0.5);

    assertThat(bound(outer)).isBetween(1.0, 1 + 1e-6);
  }

  @Test
  void twoCallsOfOneNetworkAreTwoUnits() {
    TestNetwork inner = TestNetwork.of(2);
    inner.relu(0);
    TestNetwork outer = TestNetwork.of(2);
    var subject = inner.subject("demo.Inner");
    int first = outer.call(0, subject);
    int second = outer.call(outer.scale(0, -1), subject);
    outer.sum(first, outer.scale(second, -1));

    // relu(x) - relu(-x) = x, but two unrelated units would reach 2.
    assertThat(bound(outer)).isBetween(2.0, 2 * Math.sqrt(2));
  }

  static double[][] ones(int rows, int columns) {
    double[][] ones = new double[rows][columns];
    for (double[] row : ones) {
      Arrays.fill(row, 1);
    }
    return ones;
  }
}
