package io.lipc.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Scaling;
import io.lipc.formats.ElementType;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelGraphChecksTest {

  private static final Buffer X = new Buffer("x", 4);
  private static final Buffer H = new Buffer("h", 4);
  private static final Buffer Y = new Buffer("y", 4);

  @Test
  void aWellFormedGraphPasses() {
    KernelGraph graph = graph(Y, copy(X, H, 0), new AddKernel(List.of(X, H), Y));
    assertThat(KernelGraphChecks.checked(graph)).isSameAs(graph);
  }

  @Test
  void readingWhatIsNotWrittenFails() {
    assertFault("h[4] is read before it is written", graph(Y, copy(H, Y, 0), copy(X, H, 0)));
  }

  @Test
  void readingWhatIsHalfWrittenFails() {
    Buffer wide = new Buffer("wide", 8);
    assertFault(
        "read before", graph(Y, copy(X, wide, 0), new LinearKernel(wide, Y, new Scaling(1), "0")));
  }

  @Test
  void writingTwiceFails() {
    assertFault("written twice", graph(Y, scale(X, Y, 1), scale(X, Y, 1)));
  }

  @Test
  void writingTheInputFails() {
    assertFault("target is written twice", graph(X, scale(X, new Buffer("x", 4), 1)));
  }

  @Test
  void anOutputThatNobodyWritesFails() {
    assertFault("output is not written", graph(Y, scale(X, H, 1)));
  }

  @Test
  void twoBuffersOfOneNameFail() {
    assertFault("second buffer", graph(Y, scale(X, Y, 1), copy(X, new Buffer("y", 5), 0)));
  }

  @Test
  void copiesWithAGapFail() {
    assertFault("gap or overlap", graph(Y, copy(X, new Buffer("wide", 9), 5)));
  }

  @Test
  void sizesThatDifferFail() {
    Buffer narrow = new Buffer("narrow", 3);
    assertFault("sizes do not fit", graph(Y, scaleInto(narrow, 1)));
    assertFault("sizes do not fit", graph(Y, new AddKernel(List.of(X, X), narrow)));
    assertFault("sizes do not fit", graph(Y, new MaxMinKernel(X, narrow)));
    assertFault(
        "sizes do not fit",
        graph(Y, new LinearKernel(X, Y, new Diagonal(List.of(1.0), List.of(1.0)), "0")));
  }

  @Test
  void sumsOfOneOrOfTooManyTermsFail() {
    assertFault("sizes do not fit", graph(Y, new AddKernel(List.of(X), Y)));
    assertFault("sizes do not fit", graph(Y, new AddKernel(Collections.nCopies(9, X), Y)));
  }

  @Test
  void groupsThatDoNotFillTheBufferFail() {
    Activation.Grouped fives = GroupedKind.GROUP_SORT.with(List.of(5.0));
    assertFault("sizes do not fit", graph(Y, new GroupedKernel(X, Y, fives)));
  }

  @Test
  void constantsThatAreNoNumbersOfThePrecisionFail() {
    assertFault("not exact", graph(Y, scale(X, Y, 0.1)));
    assertFault("not exact", graph(Y, scale(X, Y, Double.NaN)));
  }

  private static Kernel copy(Buffer source, Buffer target, int offset) {
    return new CopyKernel(source, target, offset);
  }

  private static Kernel scale(Buffer source, Buffer target, double factor) {
    return new LinearKernel(source, target, new Scaling(factor), "0");
  }

  private static Kernel scaleInto(Buffer target, double factor) {
    return new LinearKernel(X, target, new Scaling(factor), "0");
  }

  private static KernelGraph graph(Buffer output, Kernel... kernels) {
    return new KernelGraph("demo.N", ElementType.F32, X, output, List.of(kernels));
  }

  private static void assertFault(String message, KernelGraph graph) {
    assertThatThrownBy(() -> KernelGraphChecks.checked(graph))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("demo.N")
        .hasMessageContaining(message);
  }
}
