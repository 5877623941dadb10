package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.vector.SlicedBlocks;
import io.lipc.runtime.vector.VectorBlocks;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All kernels, one row or a block: the bits of the sums as they are documented. */
class FloatDenseTest {

  /** Those of other processors run here too, if slower. */
  private enum Kernels {
    SCALAR,
    SWITCHING,
    VECTOR,
    VECTORS_OF_SIXTEEN_REGISTERS,
    VECTORS_OF_THIRTY_TWO_REGISTERS;

    FloatDense dense(float[][] columns, float[] bias, boolean relu) {
      return switch (this) {
        case SCALAR -> KernelVariant.SCALAR.dense(columns, bias, relu);
        case SWITCHING -> KernelVariant.SWITCHING.dense(columns, bias, relu);
        case VECTOR -> KernelVariant.VECTOR.dense(columns, bias, relu);
        case VECTORS_OF_SIXTEEN_REGISTERS ->
            new VectorDense(columns, bias, relu, VectorBlocks.Registers.SIXTEEN);
        case VECTORS_OF_THIRTY_TWO_REGISTERS ->
            new VectorDense(columns, bias, relu, VectorBlocks.Registers.THIRTY_TWO);
      };
    }
  }

  private static final int LARGEST = 70;

  private final SplittableRandom random = new SplittableRandom(18);

  @BeforeAll
  static void theVectorApiIsThere() {
    assertThat(KernelVariant.isVectorApiThere()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void everyShapeGivesTheSameBits(Kernels kernels) {
    for (int inputs = 1; inputs <= LARGEST; inputs++) {
      for (int outputs = 1; outputs <= LARGEST; outputs++) {
        compare(
            kernels, new Layer(inputs, outputs, random), inputs % 3 == 0, 1 + random.nextInt(40));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void anyNumberOfRowsGivesTheSameBits(Kernels kernels) {
    for (int rows = 1; rows <= Transposed.ROWS; rows += rows < 80 ? 1 : 9) {
      compare(kernels, new Layer(7, 4, random), true, rows);
      compare(kernels, new Layer(9, 69, random), false, rows);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void severalPanelsGiveTheSameBits(Kernels kernels) {
    for (int outputs : new int[] {127, 128, 129, 131, 132, 133, 257, 322}) {
      compare(kernels, new Layer(33, outputs, random), true, 37);
      compare(kernels, new Layer(70, outputs, random), false, 131);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void severalSlicesOfInputsGiveTheSameBits(Kernels kernels) {
    for (int inputs : new int[] {159, 160, 161, 319, 320, 321, 500}) {
      for (int outputs = 1; outputs <= LARGEST; outputs++) {
        compare(kernels, new Layer(inputs, outputs, random), outputs % 2 == 0, 1 + outputs % 40);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void denormalHugeAndNonFiniteNumbersGiveTheSameBits(Kernels kernels) {
    float[] special = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      0x1p-127f,
      -0x1.fffffcp-127f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      1f,
      -1f
    };
    for (int trial = 0; trial < 400; trial++) {
      int inputs = trial % 20 == 0 ? SlicedBlocks.SLICE + trial : 1 + random.nextInt(9);
      Layer layer = new Layer(inputs, 1 + random.nextInt(70), random);
      layer.sprinkle(special, random);
      compare(kernels, layer, trial % 2 == 0, 1 + random.nextInt(40), special);
    }
  }

  private void compare(Kernels kernels, Layer layer, boolean relu, int rows, float... special) {
    float[][] inputs = new float[rows][layer.columns().length];
    for (float[] x : inputs) {
      for (int k = 0; k < x.length; k++) {
        x[k] =
            special.length > 0 && random.nextInt(4) == 0
                ? special[random.nextInt(special.length)]
                : random.nextFloat() - 0.5f;
      }
    }
    FloatDense dense = kernels.dense(layer.columns(), layer.bias(), relu);
    float[][] x = filled(layer.columns().length);
    float[][] y = filled(layer.bias().length);
    Transposed.transpose(inputs, 0, rows, x, 0, x.length);
    float[][] before = Arrays.stream(x).map(float[]::clone).toArray(float[][]::new);
    dense.apply(x, y, rows);
    assertThat(Arrays.deepEquals(x, before)).as("x is not changed").isTrue();
    float[][] outputs = new float[rows][layer.bias().length];
    Transposed.transposeBack(y, outputs, 0, rows, y.length);
    for (int r = 0; r < rows; r++) {
      float[] expected = layer.apply(inputs[r], relu);
      float[] alone = new float[expected.length];
      Arrays.fill(alone, Float.NaN);
      dense.apply(inputs[r], alone);
      assertSame(expected, alone, "%s alone", layer);
      assertSame(expected, outputs[r], "row %s of %s of %s", r, rows, layer);
    }
  }

  /**
   * Fails with the message of AssertJ where they differ; AssertJ takes much longer to find that
   * they do not.
   */
  private static void assertSame(float[] expected, float[] found, String what, Object... which) {
    if (!Arrays.equals(expected, found)) {
      assertThat(found).as(what, which).containsExactly(expected);
    }
  }

  /** An array of NaN, for elements that are not written, or not to be read. */
  private static float[][] filled(int size) {
    float[][] block = Transposed.allocate(size);
    for (float[] rows : block) {
      Arrays.fill(rows, Float.NaN);
    }
    return block;
  }

  /** A layer with plain loops. */
  private record Layer(float[][] columns, float[] bias) {

    Layer(int inputs, int outputs, SplittableRandom random) {
      this(new float[inputs][outputs], new float[outputs]);
      for (float[] column : columns) {
        fill(column, random);
      }
      fill(bias, random);
    }

    private static void fill(float[] values, SplittableRandom random) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
    }

    void sprinkle(float[] special, SplittableRandom random) {
      for (float[] column : columns) {
        column[random.nextInt(column.length)] = special[random.nextInt(special.length)];
      }
      bias[random.nextInt(bias.length)] = special[random.nextInt(special.length)];
    }

    float[] apply(float[] x, boolean relu) {
      float[] y = bias.clone();
      for (int i = 0; i < y.length; i++) {
        for (int k = 0; k < x.length; k++) {
          y[i] = Math.fma(x[k], columns[k][i], y[i]);
        }
        y[i] = relu ? Math.max(y[i], 0f) : y[i];
      }
      return y;
    }

    @Override
    public String toString() {
      return columns.length + " -> " + bias.length;
    }
  }
}
