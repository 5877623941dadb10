package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TensorTest {

  private static Tensor tensor(List<Integer> shape, double... values) throws FormatException {
    return Tensor.of("w", ElementType.F64, shape, values);
  }

  @Test
  void valuesHaveToFillTheShape() {
    for (List<Integer> shape :
        List.of(List.<Integer>of(), List.of(3), List.of(-2), List.of(-1, -2), List.of(0))) {
      assertThatThrownBy(() -> tensor(shape, 1, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("2 values for shape " + shape);
    }
  }

  @Test
  void valuesHaveToBeFinite() {
    assertThatThrownBy(() -> tensor(List.of(2), 1, Double.NaN))
        .isInstanceOf(FormatException.class)
        .hasMessage("tensor `w` holds NaN at index 1");
  }

  @Test
  void valuesHaveToBeNumbersOfTheFormat() {
    assertThatThrownBy(() -> Tensor.of("w", ElementType.F32, List.of(1), new double[] {0.1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0.1 is not a number of format F32");
  }

  @Test
  void roundingRoundsOnceAndRefusesOverflow() throws FormatException {
    assertThat(tensor(List.of(1), 0.1).rounded(ElementType.F32).values()).containsExactly(0.1f);
    assertThatThrownBy(() -> tensor(List.of(1), 1e300).rounded(ElementType.F32))
        .isInstanceOf(FormatException.class)
        .hasMessage("tensor `w`: 1.0E300 overflows F32");
  }

  @Test
  void digestsDependOnFormatShapeAndElementsOnly() throws FormatException {
    Tensor tensor = tensor(List.of(1, 2), 1, 2);
    assertThat(tensor.digest())
        .isEqualTo(Tensor.of("v", ElementType.F64, List.of(1, 2), tensor.values()).digest())
        .isNotEqualTo(tensor(List.of(2, 1), 1, 2).digest())
        .isNotEqualTo(tensor(List.of(1, 2), 1, 3).digest())
        .isNotEqualTo(tensor.rounded(ElementType.F32).digest());
  }

  @Test
  void aVectorIsNoMatrix() throws FormatException {
    assertThat(tensor(List.of(2, 1), 1, 2).rows()).isDeepEqualTo(new double[][] {{1}, {2}});
    Tensor vector = tensor(List.of(2), 1, 2);
    assertThatThrownBy(vector::rows)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tensor `w` is no matrix: [2]");
  }
}
