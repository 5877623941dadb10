package io.lipc.kernels.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Scaling;
import io.lipc.formats.ElementType;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.CallKernel;
import io.lipc.kernels.graph.CopyKernel;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.LinearKernel;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InliningTest {

  private static final Buffer X = new Buffer("x", 2);
  private static final Buffer H = new Buffer("h", 2);
  private static final Buffer Y = new Buffer("y", 2);
  private static final Activation.Pointwise TANH = PointwiseKind.TANH.with(List.of());

  @Test
  void twoCallsOfOneNetworkShareItsTensors() {
    KernelGraph inner =
        graph(
            "demo.Inner",
            ElementType.F32,
            Y,
            new GemmKernel(X, H, "h.weight", Optional.of("h.bias"), Optional.empty()),
            new ElementwiseKernel(H, Y, TANH));
    KernelGraph outer = graph("demo.Outer", ElementType.F32, Y, call(X, H), call(H, Y));
    assertThat(Inlining.inline(outer, Map.of("demo.Inner", inner)))
        .hasToString(
            """
            demo.Outer (F32): x[2] -> y[2]
              h/h[2] = demo.Inner/h.weight * x[2] + demo.Inner/h.bias
              h[2] = tanh(h/h[2])
              y/h[2] = demo.Inner/h.weight * h[2] + demo.Inner/h.bias
              y[2] = tanh(y/h[2])
            """);
  }

  @Test
  void aCallWithinACallIsInlinedToo() {
    KernelGraph innermost =
        graph("demo.Innermost", ElementType.F32, Y, new LinearKernel(X, Y, new Scaling(2), "0"));
    KernelGraph inner =
        graph("demo.Inner", ElementType.F32, Y, new CallKernel(X, Y, "demo.Innermost"));
    KernelGraph outer = graph("demo.Outer", ElementType.F32, H, call(X, H));
    assertThat(
            Inlining.inline(outer, Map.of("demo.Inner", inner, "demo.Innermost", innermost))
                .kernels())
        .containsExactly(new LinearKernel(X, H, new Scaling(2), "demo.Innermost/0"));
  }

  @Test
  void theIdentityBecomesACopy() {
    KernelGraph inner = graph("demo.Inner", ElementType.F32, X);
    KernelGraph outer = graph("demo.Outer", ElementType.F32, H, call(X, H));
    assertThat(Inlining.inline(outer, Map.of("demo.Inner", inner)).kernels())
        .containsExactly(new CopyKernel(X, H, 0));
  }

  @Test
  void aDoubleCalleeMakesTheWholeDouble() {
    KernelGraph inner =
        graph("demo.Inner", ElementType.F64, Y, new LinearKernel(X, Y, new Scaling(0.1), "0"));
    KernelGraph outer = graph("demo.Outer", ElementType.F32, H, call(X, H));
    assertThat(Inlining.inline(outer, Map.of("demo.Inner", inner)).precision())
        .isEqualTo(ElementType.F64);
  }

  @Test
  void unitsOfACalleeHaveItsName() {
    List<Double> ones = List.of(1.0, 1.0);
    KernelGraph inner =
        graph(
            "demo.Inner",
            ElementType.F32,
            Y,
            new LinearKernel(X, Y, new Diagonal(ones, ones), "0"));
    KernelGraph outer = graph("demo.Outer", ElementType.F32, Y, call(X, H), call(H, Y));
    assertThat(Inlining.inline(outer, Map.of("demo.Inner", inner)).kernels())
        .containsExactly(
            new LinearKernel(X, H, new Diagonal(ones, ones), "demo.Inner/0"),
            new LinearKernel(H, Y, new Diagonal(ones, ones), "demo.Inner/0"));
  }

  @Test
  void aCalleeOfAnotherSizeIsRefused() {
    Buffer wide = new Buffer("wide", 3);
    KernelGraph inner =
        new KernelGraph(
            "demo.Inner", ElementType.F32, wide, Y, List.of(new CopyKernel(wide, Y, 0)));
    KernelGraph outer = graph("demo.Outer", ElementType.F32, H, call(X, H));
    assertThatThrownBy(() -> Inlining.inline(outer, Map.of("demo.Inner", inner)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network demo.Outer calls demo.Inner from x[2] to h[2], but it goes from wide[3] to"
                + " y[2]");
  }

  private static Kernel call(Buffer source, Buffer target) {
    return new CallKernel(source, target, "demo.Inner");
  }

  private static KernelGraph graph(
      String name, ElementType precision, Buffer output, Kernel... kernels) {
    return new KernelGraph(name, precision, X, output, List.of(kernels));
  }
}
