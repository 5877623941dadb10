package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.runtime.layout.Floats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A generated class takes its numbers from its certificate. */
class CertifiedNetworkTest {

  private static final Unit.Box BOX = new Unit.Box(List.of(-1.0, 0.0), List.of(0.5, 3.0));

  /** A third of each of two elements, whose ends differ. */
  private static Shipped thirds(ElementType type, Norm output) {
    Shipped shipped = new Shipped();
    shipped.type = type;
    shipped.norms = new Norms(Norm.L2, output);
    shipped.bound = 0.5;
    shipped.units.add(new Unit.Input(2, Optional.of(BOX)));
    shipped.units.add(Unit.scale(0, type.round(1.0 / 3), 2));
    return shipped;
  }

  @Test
  void sizesBoundAndCertificate() {
    Shipped shipped = thirds(ElementType.F64, Norm.L2);
    shipped.units.add(Unit.select(1, List.of(0, 1, 1)));
    Computing network = new Computing(shipped.subject());
    assertThat(network.inputSize()).isEqualTo(2);
    assertThat(network.outputSize()).isEqualTo(3);
    assertThat(network.lipschitzBound()).isEqualTo(0.5);
    assertThat(network.certificate().network()).isEqualTo("demo.Network");
    assertThat(network.subject().certificate()).isSameAs(network.certificate());
    assertThat(network.pairBounds()).isEmpty();
    assertThat(network.labels()).isEmpty();
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void oneLineSaysWhatIsProved() {
    Shipped doubles = thirds(ElementType.F64, Norm.LINF);
    doubles.units.add(Unit.select(1, List.of(0, 1, 1)));
    assertThat(new Computing(doubles.subject()))
        .hasToString(
            "demo.Network: real[2] -> real[3] in F64, l2 -> linf Lipschitz bound 0.5, proved");
    Shipped floats = thirds(ElementType.F32, Norm.L2);
    floats.bound = 1 / 3.0;
    String line =
        "demo.Network: real[2] -> real[2] in F32, l2 -> l2 Lipschitz bound 0.3334, proved";
    assertThat(
            new ComputingFloats(
                new CertifiedParameters(floats.subject()),
                Computing.Fault.NONE,
                Computing.Fault.NONE))
        .as("never below the bound")
        .hasToString(line);
  }

  /** A network that claims a range alone has no radii, and says so. */
  @Test
  void aRangeIsNoBound() {
    Subject bounded = thirds(ElementType.F64, Norm.L2).subject();
    Certificate about = bounded.certificate();
    Certificate range =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Range(-1, 1.5),
            "enclosure",
            about.units(),
            new Grounds.Enclosure(about.tensors()));
    Computing network =
        new Computing(
            new Subject(range, CertificateText.digest(range), bounded.weights(), Map.of()));
    assertThat(network).hasToString("demo.Network: real[2] -> real[2] in F64, range, proved");
    for (ThrowingCallable asking :
        List.<ThrowingCallable>of(network::lipschitzBound, network::radiusClaim)) {
      assertThatThrownBy(asking)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("demo.Network claims no Lipschitz bound, and so has no radii");
    }
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void labelsAreThoseOfTheWeights() {
    CertifiedParameters parameters =
        new CertifiedParameters(thirds(ElementType.F64, Norm.L2).subject())
            .with(Optional.of(new ClassLabels(List.of("a", "b"))));
    Computing doubles = new Computing(parameters, Computing.Fault.NONE);
    assertThat(doubles.labels()).containsExactly("a", "b");
    assertThat(doubles.label(1)).isEqualTo("b");
    assertThatThrownBy(() -> new Computing(thirds(ElementType.F64, Norm.L2).subject()).label(0))
        .isInstanceOf(IllegalStateException.class);
    Shipped floats = thirds(ElementType.F32, Norm.L2);
    ComputingFloats named =
        new ComputingFloats(
            new CertifiedParameters(floats.subject())
                .with(Optional.of(new ClassLabels(List.of("a", "b")))),
            Computing.Fault.NONE,
            Computing.Fault.NONE);
    assertThat(named.label(0)).isEqualTo("a");
    assertThat(named.verify()).isEqualTo(new Verdict.Accepted());
  }

  /** An input outside of the box has no radius, even if it is inside by the ends of element 0. */
  @Test
  void theBoxHasEndsOfItsOwnForEachElement() {
    ComputingFloats floats = new ComputingFloats(thirds(ElementType.F32, Norm.L2).subject());
    Computing doubles = new Computing(thirds(ElementType.F64, Norm.L2).subject());
    double[][] inside = {{-1, 0}, {0.5, 3}, {0.25, 1}};
    double[][] outside = {{-1.5, 1}, {0.75, 1}, {0, -0.5}, {0, 3.5}, {0, Double.NaN}, {1, 1}};
    for (double[] x : inside) {
      assertThat(doubles.contains(x)).isTrue();
      assertThat(floats.contains(Floats.of(x))).isTrue();
    }
    for (double[] x : outside) {
      assertThat(doubles.contains(x)).isFalse();
      assertThat(floats.contains(Floats.of(x))).isFalse();
      double[] y = new double[2];
      doubles.apply(x, y);
      assertThat(doubles.certifiedRadius(x, y)).isZero();
      float[] z = new float[2];
      floats.apply(Floats.of(x), z);
      assertThat(floats.certifiedRadius(Floats.of(x), z)).isZero();
    }
  }

  @Test
  void radiiOfDoubles() {
    for (Norm norm : Norm.values()) {
      Shipped shipped = thirds(ElementType.F64, norm);
      Computing network = new Computing(shipped.subject());
      double error = RoundingBound.maxError(shipped.subject()).orElseThrow();
      double[] x = {0.25, 2};
      double[] y = new double[2];
      network.apply(x, y);
      double expected =
          norm == Norm.L2
              ? CertifiedRadius.of(y, 0.5, error)
              : CertifiedRadius.ofLinf(y, 0.5, error);
      assertThat(expected).isPositive();
      assertThat(network.certifiedRadius(x, y)).isEqualTo(expected);
      assertThat(network.certifiedRadius(network.newWorkspace(), x, y)).isEqualTo(expected);
      assertThat(byLogits(network, y)).isEqualTo(expected);
      y[0] = Math.nextUp(y[0]);
      assertThat(network.certifiedRadius(x, y)).isZero();
    }
  }

  @Test
  void radiiOfFloats() {
    for (Norm norm : Norm.values()) {
      Shipped shipped = thirds(ElementType.F32, norm);
      ComputingFloats network = new ComputingFloats(shipped.subject());
      double error = RoundingBound.maxError(shipped.subject()).orElseThrow();
      float[] x = {0.25f, 2};
      float[] y = new float[2];
      network.apply(x, y);
      double expected =
          norm == Norm.L2
              ? CertifiedRadius.of(y, 0.5, error)
              : CertifiedRadius.ofLinf(y, 0.5, error);
      assertThat(expected).isPositive();
      assertThat(network.certifiedRadius(x, y)).isEqualTo(expected);
      assertThat(network.certifiedRadius(network.newWorkspace(), x, y)).isEqualTo(expected);
      assertThat(byLogits(network, y)).isEqualTo(expected);
      y[1] = Math.nextUp(y[1]);
      assertThat(network.certifiedRadius(x, y)).isZero();
    }
  }

  @SuppressWarnings("deprecation")
  private static double byLogits(CertifiedDoubleNetwork network, double[] logits) {
    return network.certifiedRadius(logits);
  }

  @SuppressWarnings("deprecation")
  private static double byLogits(CertifiedFloatNetwork network, float[] logits) {
    return network.certifiedRadius(logits);
  }

  @Test
  void withoutABoxThereIsNoRadius() {
    for (ElementType type : ElementType.values()) {
      Shipped shipped = new Shipped();
      shipped.type = type;
      shipped.units.add(new Unit.Input(2, Optional.empty()));
      shipped.units.add(Unit.scale(0, 0.5, 2));
      if (type == ElementType.F64) {
        Computing network = new Computing(shipped.subject());
        assertThat(network.contains(new double[2])).isFalse();
        assertThat(network.certifiedRadius(new double[] {1, 0}, new double[] {0.5, 0})).isZero();
        assertThat(network.asked).isEmpty();
        assertThat(byLogits(network, new double[] {0.5, 0})).isZero();
        assertThatThrownBy(() -> network.certifiedRadius(new double[3], new double[2]))
            .hasMessage("input has 3 elements, expected 2");
      } else {
        ComputingFloats network = new ComputingFloats(shipped.subject());
        assertThat(network.contains(new float[2])).isFalse();
        assertThat(network.certifiedRadius(new float[] {1, 0}, new float[] {0.5f, 0})).isZero();
        assertThat(network.asked).isEmpty();
        assertThat(byLogits(network, new float[] {0.5f, 0})).isZero();
        assertThatThrownBy(() -> network.certifiedRadius(new float[2], new float[1]))
            .hasMessage("logits has 1 elements, expected 2");
      }
    }
  }

  @Test
  void batchesAreRows() {
    Computing doubles = new Computing(thirds(ElementType.F64, Norm.L2).subject());
    double[][] outputs = new double[2][2];
    doubles.apply(new double[][] {{3, 0}, {0, 6}}, outputs);
    assertThat(outputs[0][0]).isEqualTo(1.0 / 3 * 3);
    assertThat(outputs[1][1]).isEqualTo(1.0 / 3 * 6);
    ComputingFloats floats = new ComputingFloats(thirds(ElementType.F32, Norm.L2).subject());
    float[][] rows = new float[9][2];
    floats.apply(new float[9][2], rows);
    assertThat(floats.blocks).containsExactly(9);
  }

  private static PairBounds claimed(Subject network, Certificate pairs) {
    return PairBounds.claimed(network, FurtherClaims.checked(network, pairs).certificate());
  }

  /** Bounds of pairs take the place of the bound, in both formats. */
  @Test
  void radiiByPairs() throws Rejection {
    for (ElementType type : ElementType.values()) {
      Shipped shipped = thirds(type, Norm.L2);
      Subject subject = shipped.subject();
      Certificate about = subject.certificate();
      Proof proof =
          new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
      PairBounds bounds =
          claimed(
              subject,
              new Certificate(
                  about.network(),
                  type,
                  new Claim.Pairs(Norm.L2),
                  "by hand",
                  PairUnits.of(about.units(), List.of(2.0)),
                  new Grounds.GivenWeights(List.of(), Grounds.Calls.BOUNDED, List.of(proof))));
      double error = RoundingBound.maxError(subject).orElseThrow();
      CertifiedParameters parameters =
          new CertifiedParameters(subject).claiming(List.of(bounds.subject()));
      double[] x = {0.25, 2};
      double found;
      double plain;
      double expected;
      if (type == ElementType.F64) {
        Computing network = new Computing(parameters, Computing.Fault.NONE);
        assertThat(network.pairBounds().orElseThrow().subject()).isEqualTo(bounds.subject());
        double[] y = new double[2];
        network.apply(x, y);
        found = network.certifiedRadius(x, y);
        expected = CertifiedRadius.of(y, bounds, error);
        plain = new Computing(subject).certifiedRadius(x, y);
      } else {
        ComputingFloats network =
            new ComputingFloats(parameters, Computing.Fault.NONE, Computing.Fault.NONE);
        assertThat(network.pairBounds().orElseThrow().subject()).isEqualTo(bounds.subject());
        float[] y = new float[2];
        network.apply(Floats.of(x), y);
        found = network.certifiedRadius(Floats.of(x), y);
        expected = CertifiedRadius.of(y, bounds, error);
        plain = new ComputingFloats(subject).certifiedRadius(Floats.of(x), y);
      }
      assertThat(found).isEqualTo(expected).isGreaterThan(plain);
      assertThat(plain).isPositive();
    }
  }

  /** A thread has one workspace of a network, and of each network its own. */
  @Test
  void workspacesAreKept() throws InterruptedException {
    Computing network = new Computing(thirds(ElementType.F64, Norm.L2).subject());
    Workspace mine = network.workspace();
    assertThat(mine).isNotNull();
    assertThat(network.workspace()).isSameAs(mine);
    assertThat(new Computing(network.subject()).workspace()).isNotSameAs(mine);
    AtomicReference<Workspace> others = new AtomicReference<>();
    Thread other = new Thread(() -> others.set(network.workspace()));
    other.start();
    other.join();
    assertThat(others.get()).isNotNull().isNotSameAs(mine);
  }

  /** Neither a longer input nor a shorter one is in a box. */
  @Test
  void inputsOfAnotherSizeAreInNoBox() {
    Computing doubles = new Computing(thirds(ElementType.F64, Norm.L2).subject());
    ComputingFloats floats = new ComputingFloats(thirds(ElementType.F32, Norm.L2).subject());
    for (int size : new int[] {1, 3}) {
      String message = "input has " + size + " elements, expected 2";
      assertThatThrownBy(() -> doubles.contains(new double[size])).hasMessage(message);
      assertThatThrownBy(() -> floats.contains(new float[size])).hasMessage(message);
    }
  }
}
