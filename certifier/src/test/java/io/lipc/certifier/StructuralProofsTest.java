package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Norm;
import io.lipc.formats.Weights;
import io.lipc.model.Construction;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proofs about networks whose weights are not known. */
class StructuralProofsTest {

  private static final double[][] ANY = {{0, 0}, {0, 0}};

  /** The network with weights that the construction makes. */
  private static Certification certify(TestNetwork shape, String name, double bound) {
    Network given = shape.network(name);
    Network free =
        new Network(
            name,
            new Property.Lipschitz(bound, Norm.L2, Norm.L2),
            new WeightsSource.Parameterized(Construction.LDLT, Optional.empty()),
            given.precision(),
            given.layers());
    return Certifier.certify(free, Weights.of(List.of()), Map.of(), Options.proving(bound));
  }

  private static TestNetwork chain() {
    TestNetwork network = TestNetwork.of(2);
    network.dense(network.relu(network.dense(0, ANY)), ANY);
    return network;
  }

  private static Subject chain(double bound) {
    return ((Certification.Certified) certify(chain(), "demo.Chain", bound)).subject();
  }

  private static Certificate best(TestNetwork network) {
    return ((Certification.Certified) network.best(Method.AUTO)).subject().certificate();
  }

  @Test
  void aChainHasTheBoundThatIsDeclared() {
    Subject subject = chain(1.25);
    Certificate certificate = subject.certificate();
    assertThat(certificate.lipschitz().bound()).isEqualTo(1.25);
    assertThat(certificate.hasFreeWeights()).isTrue();
    assertThat(certificate.tensors()).isEmpty();
    assertThat(CertificateChecker.check(subject)).isEqualTo(new Verdict.Accepted());
    assertThat(subject.isEvaluable()).isFalse();
  }

  @Test
  void aResidualBlockHasTheBoundThatIsDeclared() {
    TestNetwork network = TestNetwork.of(2);
    int skip = network.dense(0, ANY);
    network.sum(skip, network.dense(network.relu(network.dense(0, ANY)), ANY));
    assertThat(certify(network, "demo.Residual", 3)).isInstanceOf(Certification.Certified.class);
  }

  @Test
  void anotherStructureIsNotProved() {
    TestNetwork network = TestNetwork.of(2);
    network.sum(0, network.dense(network.relu(network.dense(0, ANY)), ANY));
    assertThat(certify(network, "demo.Identity", 3))
        .isInstanceOfSatisfying(
            Certification.Inconclusive.class,
            answer ->
                assertThat(answer.evidence().methods().getFirst().failure().orElseThrow())
                    .isEqualTo("unit 3 is not of the construction"));
  }

  @Test
  void compositionsAreStructuralToo() {
    TestNetwork halved = TestNetwork.of(2);
    halved.scale(halved.call(0, chain(1)), 0.5);
    Certificate certificate = best(halved);
    assertThat(certificate.kind()).isEqualTo(Certificate.Kind.STRUCTURAL);
    assertThat(certificate.hasFreeWeights()).isFalse();
    assertThat(certificate.lipschitz().bound()).isEqualTo(0.5);
  }

  @Test
  void sumsAddBounds() {
    TestNetwork network = TestNetwork.of(2);
    network.sum(0, network.call(0, chain(0.5)));
    assertThat(best(network).lipschitz().bound()).isEqualTo(1.5);
  }

  @Test
  void oneGivenCalleeMakesAProofNumeric() {
    TestNetwork given = TestNetwork.of(2);
    given.dense(0, new double[][] {{0.5, 0}, {0, 0.25}});
    TestNetwork network = TestNetwork.of(2);
    network.call(network.call(0, chain(1)), given.subject("demo.Given"));
    Certificate certificate = best(network);
    assertThat(certificate.kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(certificate.lipschitz().bound()).isEqualTo(0.5);
  }

  @Test
  void aBoundThatACompositionLosesIsNotProvedAndNotRefuted() {
    TestNetwork network = TestNetwork.of(2);
    network.sum(0, network.call(0, chain(0.5)));
    Certification answer = network.certify(Method.AUTO, 1);
    assertThat(answer).isInstanceOf(Certification.Inconclusive.class);
    assertThat(answer.evidence().lower().value()).isZero();
  }

  @Test
  void networksWithoutWeightsAreStructural() {
    TestNetwork network = TestNetwork.of(2);
    network.activate(0, PointwiseKind.ABS);
    assertThat(best(network).kind()).isEqualTo(Certificate.Kind.STRUCTURAL);
  }
}
