package io.lipc.kernels.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Scaling;
import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.AddKernel;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.kernels.graph.MaxMinKernel;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReverseModeTest {

  private static final Buffer X = new Buffer("x", 4);
  private static final Buffer H = new Buffer("h", 4);
  private static final Buffer S = new Buffer("s", 4);
  private static final Buffer Y = new Buffer("y", 2);

  @Test
  void printsTheForwardKernelsAndThenTheirAdjointsFromTheLast() {
    Optional<Activation.Pointwise> leaky =
        Optional.of(PointwiseKind.LEAKY_RELU.with(List.of(0.25)));
    KernelGraph graph =
        graph(
            Y,
            new GemmKernel(X, H, "h.weight", Optional.of("h.bias"), leaky),
            new AddKernel(List.of(X, H), S),
            new AddKernel(List.of(S, H), S),
            new GemmKernel(S, Y, "y.weight", Optional.empty(), Optional.empty()));
    assertThat(ReverseMode.of(graph))
        .hasToString(
            """
            N (F64): x[4] -> y[2]
              h.z[4] = h.weight * x[4] + h.bias
              h[4] = leaky_relu(h.z[4], 0.25)
              s[4] = x[4] + h[4]
              s[4] = s[4] + h[4]
              y[2] = y.weight * s[4]
              d(s[4]) += y.weight' * d(y[2]); d(y.weight) += d(y[2]) * s[4]'
              d(h[4]) += d(s[4])
              d(x[4]) += d(s[4]); d(h[4]) += d(s[4])
              d(h.z[4]) += leaky_relu'(h.z[4], 0.25) * d(h[4])
              d(x[4]) += h.weight' * d(h.z[4]); d(h.weight) += d(h.z[4]) * x[4]'; d(h.bias) += d(h.z[4])
            """);
  }

  @Test
  void printsTheOtherAdjoints() {
    Buffer pair = new Buffer("pair", 8);
    KernelGraph graph =
        graph(
            pair,
            new MaxMinKernel(X, H),
            new LinearKernel(H, S, new Scaling(0.5), "0"),
            new CopyKernel(S, pair, 0),
            new LinearKernel(
                X,
                new Buffer("n", 4),
                new Diagonal(List.of(1.0, 2.0, 3.0, 4.0), List.of(0.0, 0.0, 0.0, 0.0)),
                "0"),
            new CopyKernel(new Buffer("n", 4), pair, 4));
    assertThat(ReverseMode.of(graph).reverse().stream().map(Kernel::adjoint))
        .containsExactly(
            "d(n[4]) += d(pair)[4..8)",
            "d(x[4]) += scale#0 * d(n[4])",
            "d(s[4]) += d(pair)[0..4)",
            "d(h[4]) += 0.5 * d(s[4])",
            "d(x[4]) += maxmin'(x[4]) * d(h[4])");
  }

  @Test
  void aCallWithoutTheCalleesKernelsIsRefused() {
    KernelGraph graph = graph(H, new CallKernel(X, H, "demo.Policy"));
    assertThatThrownBy(() -> ReverseMode.of(graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network N calls demo.Policy, whose kernels are not given: nothing is known of its"
                + " derivative");
  }

  @Test
  void aSumThatGoesOnAfterItWasReadIsRefused() {
    KernelGraph graph =
        graph(
            S,
            new AddKernel(List.of(X, X), S),
            new ElementwiseKernel(S, H, PointwiseKind.RELU.with(List.of())),
            new AddKernel(List.of(S, H), S));
    assertThatThrownBy(() -> ReverseMode.of(graph))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a gradient is read before all its terms are in");
  }

  private static KernelGraph graph(Buffer output, Kernel... kernels) {
    return new KernelGraph("N", ElementType.F32, X, output, List.of(kernels));
  }
}
