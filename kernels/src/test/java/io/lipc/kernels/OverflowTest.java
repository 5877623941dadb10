package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Code whose arithmetic overflows is compared with its certificate where it does not, and accused
 * of nothing where it does.
 */
class OverflowTest {

  /** Two of them overflow. */
  private static double large(ElementType precision) {
    return precision == ElementType.F32 ? 0x1p100 : 0x1p900;
  }

  /** Two dense layers of two elements, the box on request. */
  private static NetworkBuilder net(ElementType precision, boolean boxed, ActivationKind between) {
    NetworkBuilder net = new NetworkBuilder("demo.Large", precision);
    int x = boxed ? net.input("x", 2, -1, 1) : net.input("x", 2);
    int h = net.activate("h", net.dense("h#0", x, 2, true), between);
    net.dense("y", h, 2, true);
    return net;
  }

  private static Subject subject(CheckedNetwork network, double[]... tensors) {
    ElementType precision = network.network().precision();
    List<Tensor> named = new ArrayList<>();
    for (int i = 0; i < tensors.length; i += 2) {
      String layer = i == 0 ? "h" : "y";
      named.add(CertifiedExample.tensor(precision, layer + ".weight", List.of(2, 2), tensors[i]));
      named.add(CertifiedExample.tensor(precision, layer + ".bias", List.of(2), tensors[i + 1]));
    }
    Weights weights = Weights.of(named);
    return new Subject(
        Subjects.certificate(network.network(), weights, Map.of()),
        Digest.of(new byte[0]),
        weights,
        Map.of());
  }

  private static void check(CheckedNetwork code, Subject subject) {
    LipschitzNetwork network = Generated.instance(code, subject);
    new NetworkLoader(OverflowTest.class, "demo.Large", "", "").checked(network);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void outputsThatOverflowAreNoDisagreement(ElementType precision) {
    double large = large(precision);
    double[] weight = {large, 0, large / 2, large};
    for (boolean boxed : new boolean[] {false, true}) {
      CheckedNetwork network = net(precision, boxed, PointwiseKind.RELU).build(1, "");
      Subject subject = subject(network, weight, new double[2], weight, new double[] {1, -1});
      assertThat(RoundingBound.maxError(subject)).isEmpty();
      double[] y = Generated.apply(Generated.instance(network, subject), new double[] {1, 1});
      assertThat(y).contains(Double.POSITIVE_INFINITY);
      check(network, subject);
    }
  }

  /** Sums of infinities of both signs are NaN, and tanh of one infinity is of the wrong sign. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void whatIsFiniteAndWrongBecauseOfAnOverflowIsNone(ElementType precision) {
    double large = large(precision);
    NetworkBuilder net = new NetworkBuilder("demo.Large", precision);
    int h = net.dense("h", net.input("x", 2, -1, 1), 2, true);
    net.activate("y", net.dense("y#0", h, 2, true), PointwiseKind.TANH);
    CheckedNetwork network = net.build(1, "");
    double[] same = {large, 0, large, 0x1p-20};
    double[] apart = {large, -large, -large, large};
    check(network, subject(network, same, new double[2], apart, new double[2]));
    // Whatever the input, and it is not brought near enough to 0 to change that.
    double[] constant = {large, large};
    check(network, subject(network, same, constant, apart, constant));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void codeThatComputesSomethingElseIsStillFoundOut(ElementType precision) {
    double large = large(precision);
    double[] weight = {large, 0, large / 2, large};
    for (boolean boxed : new boolean[] {false, true}) {
      CheckedNetwork network = net(precision, boxed, PointwiseKind.RELU).build(1, "");
      CheckedNetwork other = net(precision, boxed, PointwiseKind.ABS).build(1, "");
      Subject subject = subject(network, weight, new double[2], weight, new double[] {1, -1});
      assertThatThrownBy(() -> check(other, subject))
          .isInstanceOf(NetworkLoadException.class)
          .hasMessageContaining("the code disagrees with its certificate: output ");
    }
  }

  /** The ends of a box are doubles, also of a network of floats. */
  @Test
  void aBoxOfTheLargestNumbersIsNoFault() {
    double[] weight = {3, 1, 2, 5};
    for (double end : new double[] {Float.MAX_VALUE, 1e300, Double.MAX_VALUE}) {
      NetworkBuilder net = new NetworkBuilder("demo.Large", ElementType.F32);
      int x = net.input("x", 2, -end, end);
      net.dense("y", net.dense("h", x, 2, true), 2, true);
      CheckedNetwork network = net.build(1, "");
      check(network, subject(network, weight, new double[2], weight, new double[2]));
    }
  }
}
