package io.lipc.kernels.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.kernels.Examples;
import io.lipc.kernels.NetworkBuilder;
import io.lipc.kernels.graph.ElementwiseKernel;
import io.lipc.kernels.graph.GemmKernel;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoweringTest {

  @Test
  void aResidualNetworkReadsAsOneKernelALine() {
    assertThat(Lowering.lower(Examples.policy(ElementType.F64)))
        .hasToString(
            """
            demo.control.Policy (F64): state[12] -> action[4]
              h1[64] = relu(h1.weight * state[12] + h1.bias)
              h2[64] = leaky_relu(h2.weight * h1[64] + h2.bias, 0.1)
              s[64] = h1[64] + h2[64]
              action[4] = action.weight * s[64] + action.bias
            """);
  }

  @Test
  void everyKindOfKernelPrints() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int x = net.input("x", 2);
    int a = net.activate("a", x, PointwiseKind.ABS);
    int m = net.activate("m", a, GroupedKind.MAXMIN);
    int n = net.affine("n", m, List.of(2.0, 3.0), List.of(0.0, 1.0));
    int s = net.scale("s", n, -0.5);
    int c = net.concat("c", List.of(s, x));
    net.dense("y", c, 1, false);
    assertThat(Lowering.lower(net.build(1, "")))
        .hasToString(
            """
            N (F32): x[2] -> y[1]
              a[2] = abs(x[2])
              m[2] = maxmin(a[2])
              n[2] = scale#3 * m[2] + shift#3
              s[2] = -0.5 * n[2]
              c[0..2) = s[2]
              c[2..4) = x[2]
              y[1] = y.weight * c[4]
            """);
    assertThat(Lowering.lower(Examples.guarded(ElementType.F32)).toString())
        .contains("return#0[4] = demo.control.Policy(state[12])");
  }

  @Test
  void aProductThatSomebodyElseReadsIsNotFused() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int h = net.dense("h", net.input("x", 2), 2, true);
    int r = net.activate("r", h, PointwiseKind.RELU);
    net.add("y", List.of(h, r));
    assertThat(Lowering.lower(net.build(1, "")).kernels()).hasSize(3);
  }

  @Test
  void aProductThatIsTheOutputIsNotFused() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int h = net.dense("h", net.input("x", 2), 2, true);
    net.activate("y", h, LinearKind.IDENTITY);
    KernelGraph graph = Lowering.lower(net.build(1, ""));
    assertThat(graph.output().name()).isEqualTo("h");
    assertThat(graph.kernels()).hasSize(1);
  }

  @Test
  void onlyTheFirstOfTwoActivationsIsFused() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int h = net.dense("h", net.input("x", 2), 2, true);
    int r = net.activate("r", h, PointwiseKind.RELU);
    net.activate("y", r, PointwiseKind.TANH);
    assertThat(Lowering.lower(net.build(1, "")).kernels())
        .satisfiesExactly(
            gemm -> assertThat(gemm).isInstanceOf(GemmKernel.class),
            tanh -> assertThat(tanh).isInstanceOf(ElementwiseKernel.class));
  }

  @Test
  void fusingAgainChangesNothing() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int h = net.dense("h", net.input("x", 2), 2, true);
    net.activate("y", net.activate("r", h, PointwiseKind.RELU), PointwiseKind.TANH);
    KernelGraph fused = Lowering.lower(net.build(1, ""));
    assertThat(ActivationFusion.fuse(fused)).isEqualTo(fused);
  }

  @Test
  void identitiesLeaveNothing() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    net.activate("y", net.input("x", 2), LinearKind.IDENTITY);
    KernelGraph graph = Lowering.lower(net.build(1, ""));
    assertThat(graph.kernels()).isEmpty();
    assertThat(graph.output()).isEqualTo(graph.input());
  }

  @Test
  void anotherShapeLeavesNothing() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    net.reshape("y", net.reshape("r", net.input("x", 6), 2, 3), 6);
    KernelGraph graph = Lowering.lower(net.build(1, ""));
    assertThat(graph.kernels()).isEmpty();
    assertThat(graph.output()).isEqualTo(graph.input());
  }

  @Test
  void elementsThatAreNeighboursAreASlice() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int x = net.input("x", 6);
    int s = net.select("s", x, List.of(2, 3, 4));
    net.select("y", s, List.of(2, 0, 1));
    List<Kernel> kernels = Lowering.lower(net.build(1, "")).kernels();
    assertThat(kernels)
        .extracting(Kernel::toString)
        .containsExactly("s[3] = x[2..5)", "y[3] = s[select#2]");
    assertThat(kernels)
        .extracting(Kernel::adjoint)
        .containsExactly("d(x)[2..5) += d(s[3])", "d(s)[select#2] += d(y[3])");
  }

  @Test
  void aLongSumIsSeveralKernelsInItsOrder() {
    NetworkBuilder net = new NetworkBuilder("N", ElementType.F32);
    int x = net.input("x", 1);
    net.add("y", Collections.nCopies(16, x));
    List<Kernel> kernels = Lowering.lower(net.build(1, "")).kernels();
    assertThat(kernels).extracting(k -> k.sources().size()).containsExactly(8, 8, 2);
    assertThat(kernels.subList(1, 3))
        .allMatch(kernel -> kernel.sources().getFirst().equals(kernel.target()));
  }
}
