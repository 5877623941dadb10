package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
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
        .hasMessage("tensor `w` is not a matrix: [2]");
  }

  /** What the digest is of, by other means. */
  private static Digest expectedDigest(ElementType type, String shape, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type) {
        case F32 -> bytes.putFloat((float) value);
        case F64 -> bytes.putDouble(value);
      }
    }
    String head = type.name() + " " + shape + "\n";
    return Digest.of(head.getBytes(StandardCharsets.UTF_8), bytes.array());
  }

  @Test
  void digestsAreOfFormatShapeAndAllElements() throws FormatException {
    SplittableRandom random = new SplittableRandom(1);
    for (ElementType type : ElementType.values()) {
      for (int size : new int[] {0, 1, 2047, 2048, 2049, 4096, 10_000}) {
        double[] values = random.doubles(size).map(type::round).toArray();
        assertThat(Tensor.of("w", type, List.of(size), values).digest())
            .isEqualTo(expectedDigest(type, "[" + size + "]", values));
      }
    }
    assertThat(tensor(List.of(), 3).digest())
        .isEqualTo(expectedDigest(ElementType.F64, "[]", new double[] {3}));
  }

  @Test
  void digestsDependOnEachElement() throws FormatException {
    for (int changed : new int[] {0, 2047, 2048, 4095, 4096, 9998, 9999}) {
      double[] values = new double[10_000];
      Digest zeros = tensor(List.of(10_000), values).digest();
      values[changed] = Double.MIN_VALUE;
      assertThat(tensor(List.of(10_000), values).digest()).isNotEqualTo(zeros);
      values[changed] = -0.0;
      assertThat(tensor(List.of(10_000), values).digest()).isNotEqualTo(zeros);
    }
  }

  @Test
  void shapesWithANegativeExtentAreRefusedWhateverTheirProduct() throws FormatException {
    assertThat(tensor(List.of(0)).size()).isZero();
    for (List<Integer> shape : List.of(List.of(-1, -2), List.of(0, -1), List.of(-1, 0))) {
      double[] values = new double[Math.abs(shape.getFirst() * shape.getLast())];
      assertThatThrownBy(() -> tensor(shape, values))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(values.length + " values for shape " + shape);
    }
  }

  @Test
  void sizesOverflowToTheLargest() {
    int max = Integer.MAX_VALUE;
    assertThat(Tensor.size(List.of(max, max, 2))).isEqualTo(2L * max * max);
    assertThat(Tensor.size(List.of(max, max, 3))).isEqualTo(Long.MAX_VALUE);
    assertThat(Tensor.size(List.of(max, max, 3, 0))).isZero();
    assertThat(Tensor.size(List.of(0, max, max, 3))).isZero();
    assertThat(Tensor.size(List.of(5, 7))).isEqualTo(35);
    // 2 (2^62 - 1), the largest even one.
    assertThat(Tensor.size(List.of(3, 715827883, max, 2))).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void partsAreCopied() throws FormatException {
    for (ElementType type : ElementType.values()) {
      Tensor tensor = Tensor.of("w", type, List.of(2, 3), new double[] {1, 2, 3, 4, 5, 6.5});
      double[] doubles = new double[2];
      tensor.copy(3, doubles);
      assertThat(doubles).containsExactly(4, 5);
      float[] floats = new float[3];
      tensor.copy(3, floats);
      assertThat(floats).containsExactly(4, 5, 6.5f);
      for (int from : new int[] {-1, 5, 7}) {
        assertThatThrownBy(() -> tensor.copy(from, new double[2]))
            .isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessageContaining("length 6");
        assertThatThrownBy(() -> tensor.copy(from, new float[2]))
            .isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessageContaining("length 6");
      }
      assertThat(tensor.get(5)).isEqualTo(6.5);
      assertThat(tensor.rows()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6.5}});
    }
    float[] rounded = new float[1];
    tensor(List.of(1), 0.1).copy(0, rounded);
    assertThat(rounded).containsExactly(0.1f);
  }

  @Test
  void formatsHoldWhatTheyRoundToItself() throws FormatException {
    assertThat(ElementType.F32.holds(0.5)).isTrue();
    assertThat(ElementType.F32.holds(0.1)).isFalse();
    assertThat(ElementType.F64.holds(0.1)).isTrue();
    for (ElementType type : ElementType.values()) {
      assertThat(type.holds(Double.NaN)).isFalse();
      assertThat(type.holds(Double.POSITIVE_INFINITY)).isFalse();
      Tensor largest = Tensor.of("w", type, List.of(1), new double[] {type.round(Float.MAX_VALUE)});
      assertThat(largest.rounded(type)).isSameAs(largest);
    }
    assertThat(ElementType.F64.holds(Double.MAX_VALUE)).isTrue();
    assertThat(ElementType.F32.holds(Float.MAX_VALUE)).isTrue();
  }
}
