package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.NetworkLoadException;
import io.lipc.runtime.NetworkLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Code that gives zeros is refused when it is loaded, however large the rounding bound is. */
class UselessCodeTest {

  private static final NetworkLoader LOADER =
      new NetworkLoader(UselessCodeTest.class, "demo.Layers", "none", "0".repeat(64));

  private static Subject subject(CheckedNetwork network) {
    return Subjects.random(network.network(), new SplittableRandom(1), Map.of());
  }

  private static CheckedNetwork network(ElementType precision, Widths widths, double... factors) {
    NetworkBuilder net = new NetworkBuilder("demo.Layers", precision);
    int layer = net.input("x", widths.sizes()[0]);
    for (int i = 1; i < widths.sizes().length; i++) {
      int dense = net.dense("h" + i + "#0", layer, widths.sizes()[i], true);
      layer =
          i < widths.sizes().length - 1 ? net.activate("h" + i, dense, PointwiseKind.RELU) : dense;
    }
    for (int i = 0; i < factors.length; i++) {
      layer = net.scale("scaled" + i, layer, factors[i]);
    }
    return net.build(1, "");
  }

  private record Widths(int... sizes) {}

  private static void zerosAloneAreRefused(
      ElementType precision, Widths widths, double... factors) {
    Subject subject = subject(network(precision, widths, factors));
    double[] more = Arrays.copyOf(factors, factors.length + 1);
    LipschitzNetwork honest = Generated.instance(network(precision, widths, factors), subject);
    LipschitzNetwork zeros = Generated.instance(network(precision, widths, more), subject);
    assertThat(LOADER.checked(honest)).isSameAs(honest);
    assertThatThrownBy(() -> LOADER.checked(zeros))
        .isInstanceOf(NetworkLoadException.class)
        .hasMessageContaining("the code disagrees with its certificate: output 0 is ");
  }

  @Test
  void zeros_are_refused() {
    for (ElementType precision : ElementType.values()) {
      zerosAloneAreRefused(precision, new Widths(784, 512, 512, 10));
      zerosAloneAreRefused(precision, new Widths(5, 50, 50, 50, 50, 50, 50, 5));
      zerosAloneAreRefused(precision, new Widths(RowAgreementTest.eights()));
    }
  }

  @Test
  void zeros_are_refused_where_all_outputs_are_small() {
    for (ElementType precision : ElementType.values()) {
      zerosAloneAreRefused(precision, new Widths(5, 50, 5), 1e-6);
      zerosAloneAreRefused(precision, new Widths(5, 50, 5), 1e-12);
    }
  }

  /** Rounding is all that is left of the first, and its outputs, of about 1e-12, of the second. */
  @Test
  void right_code_is_loaded_where_sums_cancel_and_where_a_sigmoid_vanishes() {
    BiFunction<NetworkBuilder, Integer, Integer> cancelling =
        (net, x) ->
            net.affine(
                "y",
                net.affine("far", x, List.of(0.3, 0.7), List.of(1e6, -1e6)),
                List.of(1.0, 1.0),
                List.of(-1e6, 1e6));
    BiFunction<NetworkBuilder, Integer, Integer> vanishing =
        (net, x) ->
            net.activate(
                "y",
                net.affine("far", x, List.of(1.0, 1.0), List.of(-28.0, -27.0)),
                PointwiseKind.SIGMOID);
    for (ElementType precision : ElementType.values()) {
      for (BiFunction<NetworkBuilder, Integer, Integer> rest : List.of(cancelling, vanishing)) {
        NetworkBuilder net = new NetworkBuilder("demo.Layers", precision);
        rest.apply(net, net.input("x", 2, -1, 1));
        CheckedNetwork network = net.build(1, "");
        LipschitzNetwork loaded = Generated.instance(network, subject(network));
        assertThat(LOADER.checked(loaded)).isSameAs(loaded);
      }
    }
  }

  /** The sum of 50,000 equal terms is off by 8,487 units: hardly any of its roundings cancel. */
  @Test
  void right_code_is_loaded_where_long_sums_cancel() {
    NetworkBuilder net = new NetworkBuilder("demo.Layers", ElementType.F32);
    int sum = net.dense("h", net.input("x", 50_000, 0.1, 0.1), 1, false);
    net.affine("y", sum, List.of(1.0), List.of(-5000.0));
    CheckedNetwork network = net.build(1, "");
    double[] weights = new double[50_000];
    Arrays.fill(weights, 1);
    FloatNetwork loaded = (FloatNetwork) Generated.instance(network, weighted(network, weights));
    float[] inputs = new float[50_000];
    Arrays.fill(inputs, 0.1f);
    float[] output = new float[1];
    loaded.apply(inputs, output);
    assertThat(output[0]).isGreaterThan(2);
    assertThat(LOADER.checked(loaded)).isSameAs(loaded);
  }

  /** Numbers below the least normal one are rounded to multiples of the least. */
  @Test
  void right_code_is_loaded_where_outputs_are_subnormal() {
    NetworkBuilder net = new NetworkBuilder("demo.Layers", ElementType.F32);
    net.scale("y", net.input("x", 2, -1, 1), 0x1.8p-147);
    CheckedNetwork network = net.build(1, "");
    LipschitzNetwork loaded = Generated.instance(network, subject(network));
    assertThat(LOADER.checked(loaded)).isSameAs(loaded);
  }

  private static Subject weighted(CheckedNetwork network, double[]... matrices) {
    Subject random = subject(network);
    List<Tensor> tensors = List.copyOf(random.weights().tensors().values());
    List<Tensor> given = new ArrayList<>();
    try {
      for (int i = 0; i < matrices.length; i++) {
        Tensor t = tensors.get(i);
        given.add(Tensor.of(t.name(), t.type(), t.shape(), matrices[i]));
      }
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
    return new Subject(random.certificate(), random.digest(), Weights.of(given), Map.of());
  }
}
