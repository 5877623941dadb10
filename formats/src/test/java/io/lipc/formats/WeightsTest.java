package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WeightsTest {

  private static Tensor tensor(String name, double value) throws FormatException {
    return Tensor.of(name, ElementType.F64, List.of(1), new double[] {value});
  }

  @Test
  void tensorsAreFoundByTheirNames() throws FormatException {
    Weights weights = Weights.of(List.of(tensor("v", 1), tensor("a", 2)));
    assertThat(weights.tensors().keySet()).containsExactly("a", "v");
    assertThat(weights.tensor("v").orElseThrow().get(0)).isEqualTo(1);
    assertThat(weights.tensor("w")).isEmpty();
  }

  @Test
  void twoTensorsOfOneName() throws FormatException {
    List<Tensor> tensors = List.of(tensor("v", 1), tensor("v", 1));
    assertThatThrownBy(() -> Weights.of(tensors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two tensors `v`");
  }

  @Test
  void allAreRounded() throws FormatException {
    Weights rounded =
        Weights.of(List.of(tensor("a", 0.1), tensor("b", 0.3))).rounded(ElementType.F32);
    assertThat(rounded.tensors().keySet()).containsExactly("a", "b");
    assertThat(rounded.tensor("a").orElseThrow().get(0)).isEqualTo(0.1f);
    assertThat(rounded.tensor("b").orElseThrow().get(0)).isEqualTo(0.3f);
    assertThat(rounded.tensor("b").orElseThrow().type()).isEqualTo(ElementType.F32);
  }

  /** A network may name tensors that other weights of it do not have. */
  @Test
  void someAreRounded() throws FormatException {
    Weights weights = Weights.of(List.of(tensor("a", 0.1), tensor("b", 0.3)));
    Weights rounded = weights.rounded(ElementType.F32, Set.of("a", "absent"));
    assertThat(rounded.tensors()).containsOnlyKeys("a", "b");
    assertThat(rounded.tensor("a").orElseThrow().get(0)).isEqualTo(0.1f);
    assertThat(rounded.tensor("b")).isEqualTo(weights.tensor("b"));
  }

  @Test
  void nobodyChangesThem() throws FormatException {
    Map<String, Tensor> tensors = Weights.of(List.of(tensor("a", 1))).tensors();
    assertThatThrownBy(tensors::clear).isInstanceOf(UnsupportedOperationException.class);
  }
}
