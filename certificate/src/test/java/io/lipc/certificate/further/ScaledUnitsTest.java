package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.ScaledUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The units behind a scale, each by itself, and calls in them. */
final class ScaledUnitsTest {

  private static final InputScale FIRST = new InputScale.FirstLayer();

  private static InputScale units(Double... lengths) {
    return new InputScale.Units(List.of(lengths));
  }

  private static List<Unit> behind(NetworkUnderTest net, InputScale scale) {
    return ScaledUnits.of(net.subject(), scale).certificate().units();
  }

  /** An image stays one where the first layer gives as many elements; else it is a vector. */
  @Test
  void whatTheFirstLayerGivesIsTheInput() {
    NetworkUnderTest image = new NetworkUnderTest();
    image.add(new Unit.Input(List.of(1, 2, 3), Optional.empty()));
    image.scale(0, 2);
    image.activation(1, "relu");
    assertThat(behind(image, FIRST))
        .containsExactly(
            new Unit.Input(List.of(1, 2, 3), Optional.empty()),
            Unit.activation(0, "relu", List.of(), 6));
    NetworkUnderTest wider = new NetworkUnderTest();
    wider.add(new Unit.Input(List.of(1, 1, 2), Optional.empty()));
    wider.dense(0, new double[][] {{1, 0}, {0, 1}, {1, 1}});
    wider.activation(1, "relu");
    assertThat(behind(wider, FIRST))
        .containsExactly(
            new Unit.Input(3, Optional.empty()), Unit.activation(0, "relu", List.of(), 3));
  }

  /** A sum that reads the input twice is no scale of it. */
  @Test
  void aFirstLayerReadsTheInputOnce() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.sum(0, 0);
    Subject twice = net.subject();
    assertThatThrownBy(() -> ScaledUnits.of(twice, FIRST))
        .isInstanceOf(Rejection.class)
        .hasMessageStartingWith(Reason.MALFORMED.words());
  }

  /** The first unit multiplies by the lengths, and adds nothing. */
  @Test
  void unitsMultiplyByLengths() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.activation(0, "relu");
    assertThat(behind(net, units(0.5, Double.MAX_VALUE)))
        .containsExactly(
            new Unit.Input(2, Optional.empty()),
            Unit.affine(0, List.of(0.5, Double.MAX_VALUE), List.of(0.0, 0.0), 2),
            Unit.activation(1, "relu", List.of(), 2));
  }

  private static Subject callee() {
    NetworkUnderTest inner = new NetworkUnderTest();
    inner.input(2);
    inner.dense(0, new double[][] {{64, 0}, {0, 1}});
    inner.dense(1, new double[][] {{3, 0}, {0, 4}});
    inner.bound = 1000;
    return inner.subject();
  }

  @Test
  void callsReadWhatTheyRead() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.scale(0, 2);
    net.call(1, "demo.Inner", callee());
    assertThat(behind(net, FIRST).get(1).operands()).containsExactly(0);
    assertThat(behind(net, units(1., 2.)).get(3).operands()).containsExactly(2);
  }

  /** Units measure what is inlined, too: {@code f(D s)} has the norm of diag(3, 4). */
  @Test
  void unitsMeasureInlinedCalls() {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", callee());
    outer.calls = Grounds.Calls.INLINED;
    outer.bound = 1000;
    Subject network = outer.subject();
    InputScale scale = units(0x1p-6, 1.);
    Certificate honest = scaled(network, Norm.L2, 4.5, scale);
    assertThat(FurtherClaims.checked(network, honest).certificate()).isEqualTo(honest);
    for (Certificate forged :
        List.of(
            scaled(network, Norm.L2, 3.9, scale), scaled(network, Norm.L2, 4.5, units(1., 1.)))) {
      assertThatThrownBy(() -> FurtherClaims.checked(network, forged))
          .isInstanceOf(Rejection.class)
          .hasMessageStartingWith(Reason.NOT_POSITIVE_DEFINITE.words());
    }
  }

  private static Certificate scaled(Subject network, Norm norm, double bound, InputScale scale) {
    Certificate about = network.certificate();
    Proof bare =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Scaled(new Claim.Lipschitz(new Norms(norm, Norm.L2), bound, 1000), scale),
        "by hand",
        about.units(),
        new Grounds.GivenWeights(about.tensors(), Grounds.Calls.INLINED, List.of(bare)));
  }

  /** The text of a scaled bound has its norms. */
  @Test
  void theTextHasItsNorms() throws Exception {
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.input(2);
    outer.call(0, "demo.Inner", callee());
    outer.calls = Grounds.Calls.INLINED;
    Certificate linf = scaled(outer.subject(), Norm.LINF, 4.5, units(1., 2.));
    assertThat(CertificateText.read(CertificateText.write(linf))).isEqualTo(linf);
  }
}
