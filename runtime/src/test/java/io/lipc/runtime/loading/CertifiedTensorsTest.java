package io.lipc.runtime.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.runtime.Shipped;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each tensor is there, with its shape and its numbers; the message is about the first fault. */
class CertifiedTensorsTest {

  private static Tensor tensor(String name, List<Integer> shape, double... values) {
    return Shipped.tensor(name, ElementType.F64, shape, values);
  }

  private static Shipped shipped(Tensor... tensors) {
    Shipped shipped = new Shipped();
    shipped.input(1);
    shipped.tensors.addAll(List.of(tensors));
    return shipped;
  }

  private static Weights of(Shipped shipped, Tensor... found) throws FormatException {
    return CertifiedTensors.of(shipped.certificate(), Weights.of(List.of(found)));
  }

  @Test
  void theOnesThatAreNamedAndNoOthers() throws FormatException {
    Tensor a = tensor("a", List.of(2), 1, 2);
    Tensor b = tensor("b", List.of(1, 2), 3, 4);
    Weights certified = of(shipped(a, b), tensor("c", List.of(), 9), b, a);
    assertThat(certified.tensors().keySet()).containsExactly("a", "b");
    assertThat(certified.tensor("a").orElseThrow().values()).containsExactly(1, 2);
    assertThat(certified.tensor("b").orElseThrow().values()).containsExactly(3, 4);
  }

  @Test
  void theFirstFaultIsTold() {
    Tensor a = tensor("a", List.of(2), 1, 2);
    Tensor b = tensor("b", List.of(2), 3, 4);
    assertThatThrownBy(() -> of(shipped(a, b), b)).hasMessage("tensor `a` is missing");
    assertThatThrownBy(() -> of(shipped(a, b))).hasMessage("tensor `a` is missing");
    assertThatThrownBy(() -> of(shipped(a, b), a)).hasMessage("tensor `b` is missing");
    // Of the same elements, in the same order.
    assertThatThrownBy(() -> of(shipped(a, b), a, tensor("b", List.of(2, 1), 3, 4)))
        .hasMessage("tensor `b` has shape [2, 1], but [2] was certified");
    for (double[] other : new double[][] {{4, 3}, {3, 3}, {3, Math.nextUp(4.0)}, {3, -4}}) {
      Tensor wrong = tensor("b", List.of(2), other);
      assertThatThrownBy(() -> of(shipped(a, b), a, wrong))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              "tensor `b` is not the one that was certified (%s, but %s was)",
              wrong.digest(), b.digest());
    }
  }

  @Test
  void numbersAreRoundedToTheFormatOnce() throws FormatException {
    Shipped shipped = shipped(tensor("a", List.of(2), 0.1f, -0.0));
    shipped.type = ElementType.F32;
    Tensor rounded = of(shipped, tensor("a", List.of(2), 0.1, -0.0)).tensor("a").orElseThrow();
    assertThat(rounded.type()).isEqualTo(ElementType.F32);
    assertThat(rounded.values()).containsExactly(0.1f, -0.0);
    assertThatThrownBy(() -> of(shipped, tensor("a", List.of(2), 0.1, 0.0)))
        .hasMessageContaining("is not the one that was certified");
    assertThatThrownBy(() -> of(shipped, tensor("a", List.of(2), 1e300, 0)))
        .hasMessage("tensor `a`: 1.0E300 overflows F32");
  }

  /** So many elements that threads share them; wherever one differs, it is noticed. */
  @Test
  void largeTensors() throws FormatException {
    double[] values = new double[40_000];
    List<Tensor> tensors = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      tensors.add(tensor(name, List.of(values.length), values));
    }
    Shipped shipped = shipped(tensors.toArray(Tensor[]::new));
    Weights all = Weights.of(tensors);
    assertThat(CertifiedTensors.of(shipped.certificate(), all).tensors()).hasSize(3);
    for (int at : new int[] {0, 2047, 2048, 39_999}) {
      double[] other = values.clone();
      other[at] = Double.MIN_VALUE;
      List<Tensor> found = new ArrayList<>(tensors);
      found.set(1, tensor("b", List.of(values.length), other));
      found.set(2, tensor("c", List.of(values.length), other));
      assertThatThrownBy(() -> CertifiedTensors.of(shipped.certificate(), Weights.of(found)))
          .hasMessageStartingWith("tensor `b` is not the one that was certified");
    }
  }
}
