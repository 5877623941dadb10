package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.falsify.Ratio;
import io.lipc.formats.Weights;
import io.lipc.model.Interval;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CertifierTest {

  private static TestNetwork twoLayers(long seed) {
    Random random = new Random(seed);
    TestNetwork network = TestNetwork.inBox(4, -1, 1);
    int hidden = network.relu(network.dense(0, TestNetwork.random(random, 10, 4)));
    network.dense(hidden, TestNetwork.random(random, 3, 10));
    return network;
  }

  @Test
  void certifiedCarriesTheProvedBoundAndAnAcceptedSubject() {
    Certification.Certified done = (Certification.Certified) twoLayers(1).certify(Method.AUTO, 10);

    Certificate certificate = done.subject().certificate();
    assertThat(certificate.lipschitz().bound()).isEqualTo(done.upper().value()).isLessThan(10);
    assertThat(certificate.lipschitz().declared()).isEqualTo(10);
    assertThat(CertificateChecker.check(done.subject())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void autoTakesTheBetterMethod() {
    Certification done = twoLayers(1).best(Method.AUTO);

    double least =
        done.evidence().methods().stream()
            .mapToDouble(report -> report.upper().orElseThrow().value())
            .min()
            .orElseThrow();
    assertThat(done.evidence().methods()).hasSize(4);
    assertThat(((Certification.Certified) done).upper().value()).isEqualTo(least);
  }

  /** Centring makes dense rows of a few weights: many sums, none of them long. */
  @Test
  void centredInputsOfASmallNetwork() {
    Random random = new Random(3);
    TestNetwork network = TestNetwork.of(500);
    int hidden =
        network.relu(
            network.dense(
                network.activate(0, LinearKind.CENTER), TestNetwork.random(random, 4, 500)));
    network.dense(hidden, TestNetwork.random(random, 4, 4));
    assertThat(network.bound(Method.LAYERWISE_LMI))
        .isLessThan(0.97 * network.bound(Method.NORM_PRODUCT));
  }

  /** Too much work for a proof by a matrix: the next method answers, and nothing fails. */
  @Test
  @Timeout(300)
  void centredInputsAlone() {
    TestNetwork network = TestNetwork.of(1500);
    network.activate(0, LinearKind.CENTER);
    assertThat(network.bound(Method.AUTO)).isEqualTo(1);
  }

  @Test
  void lowerBoundLiesBelowTheUpperOne() {
    for (int seed = 0; seed < 10; seed++) {
      Certification.Certified done = (Certification.Certified) twoLayers(seed).best(Method.AUTO);

      assertThat(done.evidence().lower().value()).isBetween(1e-3, done.upper().value());
    }
  }

  @Test
  void boundBetweenLowerAndUpperIsInconclusive() {
    Certification.Certified best = (Certification.Certified) twoLayers(1).best(Method.AUTO);
    double between = (best.evidence().lower().value() + best.upper().value()) / 2;

    Certification.Inconclusive answer =
        (Certification.Inconclusive) twoLayers(1).certify(Method.AUTO, between);
    assertThat(answer.best().orElseThrow().certificate().lipschitz().bound())
        .isEqualTo(best.upper().value());
    assertThat(answer.evidence().blamed()).contains("w3.weight");
    assertThat(answer.evidence().layers())
        .extracting(LayerReport::weight)
        .containsExactly("w1.weight", "w3.weight");
    assertThat(answer.evidence().layers().get(0).pivot().orElseThrow()).isPositive();
    assertThat(answer.evidence().layers().get(1).pivot().orElseThrow()).isNegative();
  }

  @Test
  void boundBelowTheLowerOneIsViolatedByItsPair() {
    double lower = twoLayers(1).best(Method.AUTO).evidence().lower().value();
    double claim = Math.nextDown(lower);

    Certification.Violated answer =
        (Certification.Violated) twoLayers(1).certify(Method.AUTO, claim);
    assertThat(Ratio.below(twoLayers(1).program(), Norms.EUCLIDEAN, answer.pair()))
        .isGreaterThan(claim);
    assertThat(answer.pair().first()).allMatch(x -> x >= -1 && x <= 1);
    assertThat(answer.pair().second()).allMatch(x -> x >= -1 && x <= 1);
  }

  @Test
  void anInputThatCannotMoveDoesNotStopTheSearch() {
    List<Interval> box = List.of(new Interval(3, 3), new Interval(-1, 1));
    TestNetwork network = TestNetwork.inBox(box);
    network.dense(0, new double[][] {{9, 2}});

    double lower = network.best(Method.AUTO).evidence().lower().value();
    assertThat(lower).isBetween(1.99, 2.0);
  }

  @Test
  void theSameSeedGivesTheSameAnswer() {
    Certification first = twoLayers(3).best(Method.AUTO);
    Certification second = twoLayers(3).best(Method.AUTO);

    assertThat(((Certification.Certified) first).subject().digest())
        .isEqualTo(((Certification.Certified) second).subject().digest());
    assertThat(first.evidence().pair()).isEqualTo(second.evidence().pair());
    assertThat(first.evidence().layers()).isEqualTo(second.evidence().layers());
  }

  @Test
  void declaredBoundIsProvedAlthoughTheMarginOvershoots() {
    TestNetwork network = TestNetwork.of(3);
    network.sum(network.scale(0, 0.5), network.scale(network.relu(0), 0.5));

    for (Method method : new Method[] {Method.AUTO, Method.NORM_PRODUCT}) {
      assertThat(network.certify(method, 1.0)).isInstanceOf(Certification.Certified.class);
    }
  }

  @Test
  void residualBlockOfParallelWeightsIsOneLipschitz() {
    // y = x - 2 W' T^-1 relu(W x), T = diag(sum_j |W W'|_ij): SLL, with numbers that are exact.
    TestNetwork network = TestNetwork.of(2);
    int hidden = network.relu(network.dense(0, new double[][] {{1, 0}, {0, 1}}));
    network.sum(0, network.dense(hidden, new double[][] {{-2, 0}, {0, -2}}));

    assertThat(network.bound(Method.NORM_PRODUCT)).isGreaterThan(2.9);
    assertThat(network.bound(Method.LAYERWISE_LMI)).isLessThan(2.9);
  }

  @Test
  void autoClimbsUntilTheBoundIsProved() {
    TestNetwork network = twoLayers(1);
    double layerwise = network.bound(Method.LAYERWISE_LMI);
    double neuron = network.bound(Method.LIPSDP_NEURON);
    double between = neuron + (layerwise - neuron) / 2;
    Options proof =
        new Options(Method.AUTO, OptionalDouble.of(between), List.of(), 1, Options.Effort.PROOF);
    Certification.Certified done = (Certification.Certified) network.certify(proof);

    assertThat(done.subject().certificate().method()).isEqualTo("lipsdp-neuron");
    assertThat(done.upper().value()).isBetween(neuron * (1 - 1e-8), between);
    assertThat(done.evidence().methods()).hasSize(4);
  }

  @Test
  void autoSaysThatItsBudgetWasSpent() {
    TestNetwork network = twoLayers(1);
    double neuron = network.bound(Method.LIPSDP_NEURON);
    Options proof =
        new Options(
            Method.AUTO,
            OptionalDouble.of(neuron * 1.001),
            List.of(),
            1,
            Options.Effort.PROOF,
            Optional.of(Duration.ZERO));
    Certification refused = network.certify(proof);

    assertThat(refused).isInstanceOf(Certification.Inconclusive.class);
    assertThat(refused.evidence().methods().getLast().failure().orElseThrow())
        .isEqualTo("the budget of 0 s was spent");
  }

  /** The elimination has its turn all the same; norms are not begun, nor proved one by one. */
  @Test
  void behindItsBudgetAutoBeginsNothingOnceThereIsAProof() {
    TestNetwork network = twoLayers(1);
    for (Options.Effort effort : Options.Effort.values()) {
      Certification done =
          network.certify(
              new Options(
                  Method.AUTO,
                  OptionalDouble.empty(),
                  List.of(),
                  1,
                  effort,
                  Optional.of(Duration.ZERO)));

      assertThat(done).isInstanceOf(Certification.Certified.class);
      List<MethodReport> methods = done.evidence().methods();
      Set<Method> proved =
          methods.stream()
              .filter(report -> report.upper().isPresent())
              .map(MethodReport::method)
              .collect(Collectors.toSet());
      assertThat(proved)
          .isEqualTo(
              effort == Options.Effort.PROOF
                  ? Set.of(Method.LAYERWISE_LMI)
                  : Set.of(Method.NORM_PRODUCT, Method.LAYERWISE_LMI));
      assertThat(methods)
          .filteredOn(report -> report.upper().isEmpty())
          .allSatisfy(
              report -> assertThat(report.failure()).contains("the budget of 0 s was spent"));
    }
  }

  @Test
  void aProofAloneStopsAtTheFirstMethodThatProves() {
    TestNetwork network = twoLayers(1);
    double provable = network.bound(Method.AUTO);
    Options proof =
        new Options(
            Method.AUTO, OptionalDouble.of(2 * provable), List.of(), 1, Options.Effort.PROOF);
    Certification done = network.certify(proof);
    assertThat(done).isInstanceOf(Certification.Certified.class);
    assertThat(((Certification.Certified) done).upper().value()).isBetween(provable, 2 * provable);
    assertThat(done.evidence().methods()).hasSize(1);
    assertThat(done.evidence().lower().value()).isZero();

    Options tooMuch =
        new Options(
            Method.AUTO, OptionalDouble.of(0.1 * provable), List.of(), 1, Options.Effort.PROOF);
    Certification refused = network.certify(tooMuch);
    assertThat(refused).isNotInstanceOf(Certification.Certified.class);
    assertThat(refused.evidence().methods()).hasSize(4);
    assertThat(refused.evidence().lower().value()).isPositive();
  }

  @Test
  void missingTensorAndWrongOutputsAreSaid() {
    TestNetwork network = twoLayers(1);
    Options plain = Options.proving(1);

    assertThatThrownBy(
            () -> Certifier.certify(network.network(), Weights.of(List.of()), Map.of(), plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tensor `w1.weight`");
    Options wrong =
        new Options(Method.AUTO, OptionalDouble.empty(), List.of(7), 1, Options.Effort.REPORT);
    assertThatThrownBy(() -> network.certify(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outputs [7] of a network with 3");
    Options twice =
        new Options(Method.AUTO, OptionalDouble.empty(), List.of(1, 1), 1, Options.Effort.REPORT);
    assertThatThrownBy(() -> network.certify(twice)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tanhNetworkHasAnEnclosedLowerBound() {
    TestNetwork network = TestNetwork.of(1);
    network.activate(network.scale(0, 3), PointwiseKind.TANH);

    Certification.Certified done = (Certification.Certified) network.best(Method.AUTO);
    assertThat(done.evidence().lower().value()).isBetween(2.99, 3.0);
    assertThat(done.upper().value()).isBetween(3.0, 3 * (1 + 1e-8));
  }

  @Test
  void calleeIsEvaluatedForTheLowerBound() {
    TestNetwork inner = TestNetwork.of(2);
    inner.relu(inner.scale(0, 2));
    TestNetwork outer = TestNetwork.of(2);
    outer.scale(outer.call(0, inner.subject("demo.Inner")), 0.5);

    assertThat(outer.best(Method.AUTO).evidence().lower().value()).isBetween(0.99, 1.0);
  }

  /** As {@code real[50000]} in a text states it: no matrix of that size squared is made. */
  @Test
  @Timeout(60)
  void wideNetworksAreProvedWithoutAMatrix() {
    TestNetwork network = TestNetwork.of(50_000);
    network.relu(network.scale(0, 0.5));

    Certification.Certified done = (Certification.Certified) network.best(Method.AUTO);
    assertThat(done.upper().value()).isBetween(0.5, 0.5 * (1 + 1e-8));
    assertThat(done.evidence().methods())
        .anySatisfy(
            report ->
                assertThat(report.failure())
                    .contains("too large: a matrix of 50000 inputs squared"));
  }

  /** Each two elements of a group cost an exponential or a comparison of enclosures. */
  @Test
  @Timeout(60)
  void largeGroupsAreProvedAndNotEvaluatedRigorously() {
    TestNetwork sorted = TestNetwork.of(20_000);
    sorted.activate(0, GroupedKind.GROUP_SORT, 20_000.0);
    TestNetwork logits = TestNetwork.of(20_000);
    logits.activate(0, GroupedKind.SOFTMAX, 1.0);

    for (TestNetwork network : List.of(sorted, logits)) {
      Certification.Certified done = (Certification.Certified) network.best(Method.AUTO);
      assertThat(done.upper().value()).isLessThanOrEqualTo(1 + 1e-8);
      assertThat(done.evidence().lower().value()).isZero();
    }
  }

  @Test
  void wideCalleesThatDoubleAreNoProgram() {
    List<Unit> wide = List.of(new Unit.Input(1 << 20, Optional.empty()), Unit.scale(0, 1, 1 << 20));
    assertThat(Program.isShort(wide, Map.of())).isTrue();
    List<Unit> wider = new ArrayList<>(wide);
    wider.addAll(wide);
    assertThat(Program.isShort(wider, Map.of())).isFalse();
  }

  @Test
  void slopesBeyondTheRangeOfDoublesAreNotProved() {
    TestNetwork network = TestNetwork.of(1);
    network.scale(network.scale(0, 1e300), 1e300);

    Certification done = network.certify(Method.AUTO, 1);
    assertThat(done).isInstanceOf(Certification.Violated.class);
    assertThat(done.evidence().lower().value()).isEqualTo(Double.MAX_VALUE);
  }
}
