package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.model.activation.LinearKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** For {@code y = relu(x / 2)}: S = [[rho, -1/2], [-1/2, 1]] with the multiplier 1. */
class GivenMultipliersTest {

  private static final double[][] HALF = {{0.5, 0}, {0, 0.5}};
  private static final double[][] ONE = {{1, 0}, {0, 1}};

  private static Optional<Subject> prove(double bound, List<double[]> multipliers) {
    TestNetwork network = TestNetwork.of(2);
    int linear = network.activate(network.dense(0, HALF), LinearKind.IDENTITY);
    network.dense(network.relu(linear), ONE);
    return GivenMultipliers.prove(
        network.network(), network.weights(), Map.of(), multipliers, bound);
  }

  @Test
  void exactlyTheBoundThatWasAskedForIsProved() {
    Subject subject = prove(0.75, List.of(new double[] {1, 1})).orElseThrow();
    assertThat(subject.certificate().lipschitz().bound()).isEqualTo(0.75);
    assertThat(subject.certificate().method()).isEqualTo("given-multipliers");
    assertThat(CertificateChecker.check(subject)).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void multipliersThatProveTooLittleAreNotAccepted() {
    assertThat(prove(0.49, List.of(new double[] {1, 1}))).isEmpty();
    assertThat(prove(0.75, List.of(new double[] {0.5, 0.5}))).isEmpty();
    assertThat(prove(0.75, List.of(new double[] {1, -1}))).isEmpty();
    assertThat(prove(0.75, List.of(new double[] {1, Double.NaN}))).isEmpty();
  }

  @Test
  void everyNonlinearActivationNeedsItsOwn() {
    assertThatThrownBy(() -> prove(1, List.of())).hasMessage("no multipliers for unit 3");
    assertThatThrownBy(() -> prove(1, List.of(new double[] {1}, new double[] {1})))
        .hasMessage("2 vectors of multipliers for 1 activations");
  }
}
