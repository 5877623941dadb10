package io.lipc.kernels.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.kernels.NetworkBuilder;
import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterpreterTest {

  @Test
  void denseIsRowsTimesInputPlusBias() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F64);
    net.dense("y", net.input("x", 3), 2, true);
    Map<String, double[]> tensors =
        Map.of("y.weight", new double[] {1, 2, 3, 4, 5, 6}, "y.bias", new double[] {10, 20});
    assertThat(run(net.build(1, ""), tensors, 1, 10, 100)).containsExactly(331, 674);
  }

  @Test
  void activationsAreWhatTheLanguageSays() {
    assertThat(activated(PointwiseKind.RELU, -2, 3)).containsExactly(0, 3);
    assertThat(activated(PointwiseKind.ABS, -2, 3)).containsExactly(2, 3);
    assertThat(activated(PointwiseKind.TANH, 0, 50)).containsExactly(0, 1);
    assertThat(activated(PointwiseKind.SIGMOID, 0, 800)).containsExactly(0.5, 1);
    assertThat(activated(PointwiseKind.SILU, 0, -1)).containsExactly(0, -1 / (1 + Math.E));
    assertThat(activated(LinearKind.IDENTITY, -2, 3)).containsExactly(-2, 3);
    assertThat(activated(GroupedKind.MAXMIN, -2, 3)).containsExactly(3, -2);
    assertThat(activated(PointwiseKind.RELU6, -2, 9)).containsExactly(0, 6);
    assertThat(activated(PointwiseKind.HARD_TANH, -2, 0.5)).containsExactly(-1, 0.5);
    assertThat(activated(PointwiseKind.SOFTSIGN, -3, 1)).containsExactly(-0.75, 0.5);
    assertThat(activated(PointwiseKind.HARD_SIGMOID, -4, 0)).containsExactly(0, 0.5);
    assertThat(activated(PointwiseKind.HARD_SWISH, -4, 1.5)).containsExactly(0, 1.125);
    assertThat(activated(PointwiseKind.SOFTPLUS, 0, 60)).containsExactly(Math.log(2), 60);
    assertThat(activated(PointwiseKind.GELU, 0, 60)).containsExactly(0, 60);
  }

  @Test
  void leakyReluScalesNegativeArguments() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F64);
    net.activate("y", net.input("x", 2), PointwiseKind.LEAKY_RELU, 0.25);
    assertThat(run(net.build(1, ""), Map.of(), -2, 3)).containsExactly(-0.5, 3);
  }

  @Test
  void sumScaleNormalisationAndConcatenation() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F64);
    int x = net.input("x", 2);
    int n = net.affine("n", x, List.of(2.0, 3.0), List.of(1.0, -1.0));
    int s = net.add("s", List.of(x, n, x));
    net.concat("y", List.of(net.scale("h", s, 0.5), x));
    assertThat(run(net.build(1, ""), Map.of(), 1, 2)).containsExactly(2.5, 4.5, 1, 2);
  }

  @Test
  void nanAndInfinityPropagate() {
    for (ActivationKind kind :
        List.of(PointwiseKind.RELU, PointwiseKind.TANH, PointwiseKind.SILU)) {
      assertThat(activated(kind, Double.NaN, 1)[0]).isNaN();
    }
    assertThat(activated(GroupedKind.MAXMIN, Double.NaN, 1)).containsOnly(Double.NaN);
    assertThat(activated(PointwiseKind.RELU, Double.POSITIVE_INFINITY, 1)[0]).isInfinite();
  }

  @Test
  void roundedDoublesAreFloatArithmetic() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    net.dense("y", net.input("x", 50), 1, true);
    CheckedNetwork network = net.build(1, "");
    SplittableRandom random = new SplittableRandom(1);
    for (int sample = 0; sample < 200; sample++) {
      float[] w = floats(50, random);
      float[] x = floats(50, random);
      float sum = floats(1, random)[0];
      Map<String, double[]> tensors = Map.of("y.weight", doubles(w), "y.bias", new double[] {sum});
      float fused = sum;
      for (int k = 0; k < 50; k++) {
        sum += w[k] * x[k];
        fused = Math.fma(w[k], x[k], fused);
      }
      assertThat(run(network, tensors, doubles(x))).containsExactly(fused);
      assertThat(
              new Interpreter(
                      Lowering.lower(network), Interpreter.Products.ROUNDED, tensors, Map.of())
                  .apply(doubles(x)))
          .containsExactly(sum);
    }
  }

  private static double[] activated(ActivationKind kind, double... x) {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F64);
    net.activate("y", net.input("x", x.length), kind);
    return run(net.build(1, ""), Map.of(), x);
  }

  private static double[] run(CheckedNetwork network, Map<String, double[]> tensors, double... x) {
    return new Interpreter(Lowering.lower(network), tensors, Map.of()).apply(x);
  }

  /** Magnitudes from the subnormal numbers up to large ones. */
  private static float[] floats(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-75, 20));
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
