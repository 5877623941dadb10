package io.lipc.certifier.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.bound.LipSdp;
import io.lipc.certifier.falsify.Linearisation;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.lmi.RowInequality;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations of groups: what each method proves, beside what is known and what is found. */
class GroupsTest {

  private record Function(ActivationKind kind, List<Double> constants) {
    int on(TestNetwork network, int operand) {
      return network.activate(operand, kind, constants.toArray(Double[]::new));
    }
  }

  private static Function function(ActivationKind kind, Double... constants) {
    return new Function(kind, List.of(constants));
  }

  static Stream<Function> functions() {
    return Stream.of(
        function(GroupedKind.MAXMIN),
        function(GroupedKind.GROUP_SORT, 2.0),
        function(GroupedKind.GROUP_SORT, 3.0),
        function(GroupedKind.GROUP_SORT, 12.0),
        function(GroupedKind.HOUSEHOLDER, 0.6, -0.8),
        function(GroupedKind.HOUSEHOLDER, 0.3, 0.2),
        function(GroupedKind.HOUSEHOLDER, 1.5, -1.0),
        function(GroupedKind.HOUSEHOLDER, 0.0, 0.0),
        function(GroupedKind.SOFTMAX, 1.0),
        function(GroupedKind.SOFTMAX, 0.125),
        function(GroupedKind.LAYER_NORM, 0.5, 0.0),
        function(GroupedKind.LAYER_NORM, 0.04, 3.0));
  }

  private static TestNetwork chain(int seed, Function function) {
    Random random = new Random(seed);
    TestNetwork network = TestNetwork.of(4);
    int at = function.on(network, network.dense(0, TestNetwork.random(random, 12, 4)));
    at = function.on(network, network.dense(at, TestNetwork.random(random, 12, 12)));
    network.dense(at, TestNetwork.random(random, 3, 12));
    return network;
  }

  @ParameterizedTest
  @MethodSource("functions")
  void methodsAreInTheirOrderInAChain(Function function) {
    for (int seed = 0; seed < 3; seed++) {
      TestNetwork network = chain(seed, function);
      double product = network.bound(Method.NORM_PRODUCT);
      double layerwise = network.bound(Method.LAYERWISE_LMI);
      double perLayer = network.bound(Method.LIPSDP_LAYER);
      double perGroup = network.bound(Method.LIPSDP_NEURON);

      assertThat(layerwise).isLessThanOrEqualTo(product * (1 + 1e-6));
      assertThat(perLayer).isLessThanOrEqualTo(layerwise * (1 + 1e-6));
      assertThat(perGroup).isLessThanOrEqualTo(perLayer * (1 + 1e-6));
      assertThat(lower(network)).isBetween(perGroup * 0.05, perGroup);
    }
  }

  /** The best ratio that ascent finds. */
  private static double lower(TestNetwork network) {
    return LowerBounds.search(network.program(), Norms.EUCLIDEAN, 3).bound().value();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theOptimumIsThatOfTheDual(Function function) {
    // The dual value bounds what any multipliers prove: so those of the search are those of the
    // checker, although their coordinates differ.
    TestNetwork network = chain(7, function);
    LipSdp method =
        (LipSdp)
            new LipSdp.Kind(RowInequality.Sharing.PER_ROW)
                .of(network.problem(), Goal.least(Deadline.NONE), Optional.empty());

    double limit = method.limit().orElseThrow();
    assertThat(network.bound(Method.LIPSDP_NEURON))
        .isBetween(limit * (1 - 1e-7), limit * (1 + 1e-6));
  }

  @Test
  void mixedActivationsThatShareSignals() {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      TestNetwork network = TestNetwork.of(3);
      int h = network.dense(0, TestNetwork.random(random, 6, 3));
      int sorted = network.activate(h, GroupedKind.GROUP_SORT, 3.0);
      int mirrored = network.activate(sorted, GroupedKind.HOUSEHOLDER, 0.6, -0.8);
      int soft = network.activate(network.sum(h, mirrored), GroupedKind.SOFTMAX, 0.5);
      int all =
          network.concat(
              network.relu(sorted), soft, network.activate(h, PointwiseKind.TANH), mirrored);
      network.dense(all, TestNetwork.random(random, 2, 24));
      Certification.Certified done = (Certification.Certified) network.best(Method.AUTO);

      assertThat(done.evidence().lower().value())
          .isPositive()
          .isLessThanOrEqualTo(done.upper().value());
      assertThat(network.bound(Method.LIPSDP_NEURON))
          .isLessThan(network.bound(Method.NORM_PRODUCT));
    }
  }

  @Test
  void sortingKeepsTheSumAndAGainDoesNotKnow() {
    // The sum of the sorted elements less 9/10 of the sum of the elements: a tenth of the sum.
    TestNetwork network = TestNetwork.of(3);
    double[][] ones = {{1, 1, 1}};
    int sum = network.dense(network.activate(0, GroupedKind.GROUP_SORT, 3.0), ones);
    network.sum(sum, network.scale(network.dense(0, ones), -0.9));

    double real = 0.1 * Math.sqrt(3);
    assertThat(network.bound(Method.LIPSDP_NEURON)).isBetween(real * (1 - 1e-9), real * (1 + 1e-6));
    assertThat(network.bound(Method.SCALAR_LMI)).isGreaterThan(1);
  }

  @Test
  void softmaxForgetsWhatItsOperandsShare() {
    // z = (x + t, x - t, ...) with a long x: only t counts.
    TestNetwork network = TestNetwork.of(2);
    int z = network.dense(0, new double[][] {{100, 1}, {100, -1}});
    network.activate(z, GroupedKind.SOFTMAX, 1.0);

    double real = 0.5 * Math.sqrt(2);
    assertThat(network.bound(Method.LIPSDP_NEURON)).isBetween(real * (1 - 1e-9), real * (1 + 1e-6));
    assertThat(network.bound(Method.NORM_PRODUCT)).isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void alone(Function function) {
    TestNetwork network = TestNetwork.of(12);
    function.on(network, 0);
    double gain = network.bound(Method.NORM_PRODUCT);

    assertThat(network.bound(Method.LIPSDP_NEURON)).isBetween(gain * (1 - 1e-6), gain * (1 + 1e-6));
    assertThat(lower(network)).isBetween(gain * 0.9, gain);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void gainsAreThoseOfTheChecker(Function function) {
    String word = function.kind().word();
    Unit.Activation unit = new Unit.Activation(0, word, function.constants(), 12, 1);
    Group trusted = Group.of(unit.function(), 12);

    assertThat(Slopes.gain(unit)).isBetween(trusted.gain() * (1 - 1e-15), trusted.gain());
    TestNetwork network = TestNetwork.of(12);
    int at = function.on(network, 0);
    assertThat(Coordinates.of(network.problem(), at))
        .isEqualTo(12 / trusted.size() * trusted.fresh());
    assertThat(Groups.of(unit).orElseThrow().fresh()).isEqualTo(trusted.fresh());
  }

  @Test
  void centringIsLinear() {
    // x - mean(x) - 9/10 of it; twice is once, but for what 1/n is off by.
    TestNetwork network = TestNetwork.of(7);
    int centred = network.activate(0, LinearKind.CENTER);
    network.sum(centred, network.scale(network.activate(centred, LinearKind.CENTER), -0.9));

    for (Method method : List.of(Method.LAYERWISE_LMI, Method.LIPSDP_NEURON)) {
      assertThat(network.bound(method)).isBetween(0.1 * (1 - 1e-9), 0.1 * (1 + 1e-6));
    }
    assertThat(lower(network)).isBetween(0.099, 0.1 * (1 + 1e-9));
    assertThat(network.bound(Method.NORM_PRODUCT)).isGreaterThan(1.8);
  }

  @Test
  void centringAmongActivations() {
    for (int seed = 0; seed < 6; seed++) {
      TestNetwork network = chain(seed, function(LinearKind.CENTER));
      network.relu(network.activate(network.relu(network.last()), LinearKind.CENTER));
      Certification.Certified done = (Certification.Certified) network.best(Method.AUTO);
      assertThat(done.evidence().lower().value())
          .isBetween(done.upper().value() * 0.2, done.upper().value());
    }
  }

  @Test
  void centringIsExactlyOne() {
    for (int size : new int[] {2, 3, 10, 49}) {
      TestNetwork network = TestNetwork.of(size);
      network.activate(0, LinearKind.CENTER);
      for (Method method : List.of(Method.NORM_PRODUCT, Method.AUTO)) {
        assertThat(network.certify(method, 1)).isInstanceOf(Certification.Certified.class);
      }
    }
  }

  @Test
  void partsOfTheInputHaveNothingInCommon() {
    TestNetwork inner = TestNetwork.of(3);
    inner.scale(0, 1);
    var callee = inner.subject("demo.Inner");
    TestNetwork network = TestNetwork.of(6);
    int first = network.call(network.slice(0, 0, 3), callee);
    network.concat(first, network.call(network.slice(0, 3, 3), callee));

    assertThat(network.bound(Method.NORM_PRODUCT)).isGreaterThan(1.4);
    assertThat(network.bound(Method.SCALAR_LMI)).isLessThan(1 + 1e-6);
    assertThat(network.certify(Method.AUTO, 1)).isInstanceOf(Certification.Certified.class);
  }

  @Test
  void householderOfZeroIsTheIdentity() {
    TestNetwork network = TestNetwork.of(4);
    network.activate(0, GroupedKind.HOUSEHOLDER, 0.0, 0.0);

    for (Method method : List.of(Method.NORM_PRODUCT, Method.LAYERWISE_LMI, Method.LIPSDP_NEURON)) {
      assertThat(network.certify(method, 1)).isInstanceOf(Certification.Certified.class);
    }
  }

  @Test
  void compositionsKnowTheGains() {
    TestNetwork inner = TestNetwork.of(6);
    inner.scale(0, 3);
    TestNetwork network = TestNetwork.of(6);
    int called = network.call(0, inner.subject("demo.Inner"));
    int sorted = network.activate(called, GroupedKind.GROUP_SORT, 3.0);
    network.activate(sorted, GroupedKind.SOFTMAX, 1.0);

    assertThat(network.bound(Method.SCALAR_LMI)).isBetween(1.5, 1.5 * (1 + 1e-7));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivativesAreThoseOfTheFunction(Function function) {
    Random random = new Random(4);
    Program program = chain(2, function).program();
    for (int round = 0; round < 20; round++) {
      double[] x = TestNetwork.randomVector(random, 4);
      double[] v = TestNetwork.randomVector(random, 4);
      double[] above = x.clone();
      double[] below = x.clone();
      Dense.addScaled(above, v, 1e-6);
      Dense.addScaled(below, v, -1e-6);
      double[] image = new Linearisation(program, x).times(v);
      double[] high = new Linearisation(program, above).output();
      double[] low = new Linearisation(program, below).output();
      for (int i = 0; i < image.length; i++) {
        assertThat((high[i] - low[i]) / 2e-6 - image[i]).isBetween(-1e-6, 1e-6);
      }
    }
  }
}
