package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Subject;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import io.lipc.model.Property;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds from and to linf: exact where they are known, and never below what pairs reach. */
final class NormsTest {

  private static final List<Method> OF_IMAGES =
      List.of(Method.FREQUENCY_LAYER, Method.FREQUENCY_CHANNEL);

  private static TestNetwork matrix(Norm from, Norm to, double[]... rows) {
    TestNetwork network = TestNetwork.of(rows[0].length);
    network.between(from, to);
    network.dense(0, rows);
    return network;
  }

  /** (3, -4), (1, 2): rows of sum 7 and 3; the image of (1, -1) is (7, -1). */
  @ParameterizedTest
  @CsvSource({"LINF, LINF, 7", "LINF, L2, 7.0710678118654755", "L2, LINF, 5"})
  void linearMap(Norm from, Norm to, double exact) {
    TestNetwork network = matrix(from, to, new double[][] {{3, -4}, {1, 2}});
    assertThat(network.bound(Method.LIPSDP_NEURON)).isCloseTo(exact, within(1e-6));
    assertThat(network.bound(Method.LIPSDP_LAYER)).isCloseTo(exact, within(1e-6));
    assertThat(network.best(Method.AUTO).evidence().lower().value())
        .isCloseTo(exact, within(1e-6))
        .isLessThanOrEqualTo(network.bound(Method.AUTO));
  }

  @Test
  void productOfMagnitudesIsExactForOneLayerToLinf() {
    TestNetwork network = matrix(Norm.LINF, Norm.LINF, new double[][] {{3, -4}, {1, 2}});
    assertThat(network.bound(Method.ELEMENTWISE_PRODUCT)).isEqualTo(7);
  }

  @Test
  void multipliersSeeThatMagnitudesCancel() {
    // x + relu(-x) has slopes in [0, 1]; magnitudes add up to 2.
    TestNetwork network = TestNetwork.of(3);
    network.between(Norm.LINF, Norm.LINF);
    network.sum(0, network.relu(network.scale(0, -1)));
    assertThat(network.bound(Method.ELEMENTWISE_PRODUCT)).isEqualTo(2);
    assertThat(network.bound(Method.LIPSDP_NEURON)).isCloseTo(1, within(1e-6));
    assertThat(network.bound(Method.AUTO)).isCloseTo(1, within(1e-6));
  }

  @Test
  void outputThatIsConstant() {
    TestNetwork network = matrix(Norm.LINF, Norm.LINF, new double[][] {{0, 0}, {1, 2}});
    assertThat(network.bound(Method.LIPSDP_NEURON)).isCloseTo(3, within(1e-6));
    TestNetwork zero = matrix(Norm.LINF, Norm.L2, new double[][] {{0, 0}, {0, 0}});
    assertThat(zero.bound(Method.AUTO)).isZero();
  }

  @Test
  void inputThatIsNotRead() {
    TestNetwork network = matrix(Norm.LINF, Norm.L2, new double[][] {{0, 2, 1}});
    assertThat(network.bound(Method.LIPSDP_NEURON)).isCloseTo(3, within(1e-6));
  }

  @Test
  void methodsForL2SayThatTheyDoNotApply() {
    TestNetwork network = matrix(Norm.LINF, Norm.L2, new double[][] {{1, 1}});
    for (Method method : List.of(Method.NORM_PRODUCT, Method.SCALAR_LMI, Method.LAYERWISE_LMI)) {
      Certification answer = network.best(method);
      assertThat(answer).isInstanceOf(Certification.Inconclusive.class);
      assertThat(answer.evidence().methods().getFirst().failure())
          .contains("it bounds from l2 only");
    }
  }

  @Test
  void theProductOfMagnitudesSaysThatItDoesNotApply() {
    TestNetwork network = matrix(Norm.L2, Norm.LINF, new double[][] {{1, 1}});
    assertThat(network.best(Method.ELEMENTWISE_PRODUCT).evidence().methods().getFirst().failure())
        .contains("it bounds from linf only");
  }

  /**
   * From linf, only magnitudes know the call by its bound; from l2 all matrices do, with sqrt(2)
   * for its two outputs. Unit by unit, every method does.
   */
  @ParameterizedTest
  @CsvSource({"L2, L2, 5.1166727360", "L2, LINF, 5", "LINF, L2, 7.0710678118", "LINF, LINF, 7"})
  void callsOfNetworksBetweenOtherNorms(Norm from, Norm to, double truth) {
    Subject callee = matrix(Norm.LINF, Norm.LINF, new double[][] {{3, -4}, {1, 2}}).subject("d.A");
    TestNetwork network = TestNetwork.of(2);
    network.between(from, to);
    network.call(0, callee);
    for (Method method : Method.values()) {
      if (method.isSearch() && !OF_IMAGES.contains(method)) {
        Certification answer = network.best(method);
        for (MethodReport report : answer.evidence().methods()) {
          boolean magnitudes = report.method() == Method.ELEMENTWISE_PRODUCT;
          boolean known = magnitudes == (from == Norm.LINF);
          assertThat(report.upper().isPresent())
              .as("%s %s", report.name(), report.failure())
              .isIn(known, known || report.calls() == Calls.INLINED);
          if (known && from == Norm.L2 && report.calls() == Calls.BOUNDED) {
            assertThat(report.upper().orElseThrow().value())
                .isBetween(7 * Math.sqrt(2), 7.001 * Math.sqrt(2));
          }
          report.upper().ifPresent(upper -> assertThat(upper.value()).isGreaterThan(truth - 1e-9));
        }
      }
    }
    double best = ((Certification.Certified) network.best(Method.AUTO)).upper().value();
    assertThat(best).isBetween(truth - 1e-9, truth * 1.01);
  }

  @ParameterizedTest
  @CsvSource({"LINF, LINF", "LINF, L2", "L2, LINF", "L2, L2"})
  void everyMethodIsBetweenTheNormsThatAreAskedFor(Norm from, Norm to) {
    Random random = new Random(11);
    for (int k = 0; k < 4; k++) {
      TestNetwork network = random(random);
      network.between(from, to);
      double lower = network.best(Method.AUTO).evidence().lower().value();
      int found = 0;
      for (Method method : Method.values()) {
        if (method.isSearch()
            && network.best(method) instanceof Certification.Certified certified) {
          found++;
          assertThat(certified.subject().certificate().lipschitz().norms())
              .isEqualTo(UnitLists.claimOf(new Property.Lipschitz(1, from, to)).norms());
          assertThat(certified.upper().value()).as(method.word()).isGreaterThanOrEqualTo(lower);
        }
      }
      assertThat(found).isEqualTo(from == Norm.LINF ? 4 : 6);
    }
  }

  @Test
  void aSpentBudgetEndsTheSearchOfElementsButForTheFirstMethod() {
    TestNetwork network = random(new Random(5));
    network.between(Norm.L2, Norm.LINF);
    List<MethodReport> reports =
        network
            .certify(
                new Options(
                    Method.AUTO,
                    OptionalDouble.empty(),
                    List.of(),
                    1,
                    Options.Effort.REPORT,
                    Optional.of(Duration.ZERO)))
            .evidence()
            .methods();
    assertThat(reports.getFirst().upper()).isPresent();
    assertThat(reports.subList(1, reports.size()))
        .isNotEmpty()
        .allMatch(report -> report.failure().orElseThrow().endsWith("the budget of 0 s was spent"));
  }

  @Test
  void theDualBoundsEveryElement() {
    TestNetwork network = matrix(Norm.L2, Norm.LINF, new double[][] {{3, -4}, {1, 2}});
    assertThat(network.best(Method.LIPSDP_NEURON).evidence().methods().getFirst().limit())
        .hasValueCloseTo(5.0, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"LINF, LINF", "LINF, L2", "L2, LINF"})
  void noPairExceedsTheBound(Norm from, Norm to) {
    Random random = new Random(7);
    for (int k = 0; k < 12; k++) {
      TestNetwork network = random(random);
      network.between(from, to);
      Certification answer = network.best(Method.AUTO);
      assertThat(answer).isInstanceOf(Certification.Certified.class);
      double upper = ((Certification.Certified) answer).upper().value();
      double lower = answer.evidence().lower().value();
      assertThat(lower).isPositive().isLessThanOrEqualTo(upper);
      assertThat(upper).as("not far from what is reached").isLessThan(6 * lower);
    }
  }

  private static TestNetwork random(Random random) {
    TestNetwork network = TestNetwork.of(3);
    List<ActivationKind> kinds =
        List.of(PointwiseKind.RELU, PointwiseKind.TANH, PointwiseKind.ABS, GroupedKind.MAXMIN);
    int h = network.dense(0, TestNetwork.random(random, 4, 3));
    h = network.activate(h, kinds.get(random.nextInt(kinds.size())));
    int g = network.dense(h, TestNetwork.random(random, 4, 4));
    g = network.activate(g, kinds.get(random.nextInt(kinds.size())));
    network.dense(network.sum(h, g), TestNetwork.random(random, 2, 4));
    return network;
  }
}
