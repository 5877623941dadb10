package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.vector.Panels;
import io.lipc.runtime.vector.VectorTransposition;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows are moved, bit by bit, and nothing else is. */
class TransposedTest {

  private static final int LARGEST = 40;

  /** Where rows of a batch begin that are put into a block. */
  private static final int FROM = 3;

  @Test
  void arraysAreAnOddNumberOfCacheLinesApart() {
    for (int length = 1; length <= 1000; length++) {
      int room = Transposed.arrays(1, length)[0].length;
      assertThat(room).isBetween(length, length + 31);
      assertThat((room + 4) % 32).isEqualTo(16);
    }
  }

  @Test
  void aBlockHasRoomForItsRowsInWholeVectors() {
    for (int rows = 1; rows <= Transposed.ROWS; rows++) {
      int room = Transposed.allocate(1, rows)[0].length;
      assertThat(room).isBetween(Math.ceilDiv(rows, 32) * 32, rows + 62);
    }
    assertThat(Transposed.allocate(3)[2].length).isBetween(512, 543);
  }

  @Test
  void rowsArePutIntoABlockAndTakenOutAgain() {
    for (int count = 1; count <= LARGEST; count++) {
      for (int size = 1; size <= LARGEST; size++) {
        float[][] rows = numbered(FROM + count + 1, size);
        float[][] block = Transposed.allocate(size);
        Transposed.transpose(rows, FROM, count, block, 0, size);
        checkBlock(block, count, size);
        float[][] back = new float[rows.length][size];
        Transposed.transposeBack(block, back, FROM, count, size);
        checkRows(back, rows, count);
      }
    }
  }

  @Test
  void vectorsTransposeLikewise() {
    for (int count = 8; count <= LARGEST; count++) {
      for (int size = 8; size <= LARGEST; size++) {
        float[][] rows = numbered(FROM + count + 1, size);
        float[][] block = Transposed.allocate(size);
        VectorTransposition.transpose(rows, FROM, count, block, 0, size);
        checkBlock(block, count, size);
        float[][] back = new float[rows.length][size];
        VectorTransposition.transposeBack(block, back, FROM, count, size);
        checkRows(back, rows, count);
      }
    }
  }

  @Test
  void squaresDoNotFitIntoFewerThanEight() {
    assertThat(VectorTransposition.isPossible(7, 100)).isFalse();
    assertThat(VectorTransposition.isPossible(100, 7)).isFalse();
    assertThat(VectorTransposition.isPossible(8, 8)).isEqualTo(Panels.LANES >= 8);
  }

  /** NaN of both signs and kinds: what is only moved keeps its bits. */
  private static float[][] numbered(int rows, int size) {
    float[][] numbered = new float[rows][size];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < size; i++) {
        numbered[r][i] = number(r, i);
      }
    }
    return numbered;
  }

  private static float number(int row, int element) {
    int signalling = 0x7f800001 + row * LARGEST + element;
    return Float.intBitsToFloat(
        switch (row % 3) {
          case 0 -> signalling;
          case 1 -> signalling | 1 << 31;
          default -> signalling | 1 << 22;
        });
  }

  /** Behind the last row, nothing was written. */
  @Test
  void elementsAreSelectedInTheirOrderAndAgain() {
    float[][] source = numbered(3, 5);
    float[][] target = new float[4][5];
    Transposed.select(new int[] {2, 0, 2, 1}, source, target, 4);
    int[] from = {2, 0, 2, 1};
    for (int i = 0; i < from.length; i++) {
      float[] expected = Arrays.copyOf(source[from[i]], 5);
      expected[4] = 0;
      assertThat(target[i]).containsExactly(expected);
    }
  }

  private static void checkBlock(float[][] block, int count, int size) {
    for (int i = 0; i < size; i++) {
      float[] expected = new float[block[i].length];
      for (int r = 0; r < count; r++) {
        expected[r] = number(FROM + r, i);
      }
      assertThat(bits(block[i])).isEqualTo(bits(expected));
    }
  }

  /** Rows before {@link #FROM} and behind the last are untouched. */
  private static void checkRows(float[][] back, float[][] rows, int count) {
    for (int r = 0; r < back.length; r++) {
      boolean written = r >= FROM && r < FROM + count;
      assertThat(bits(back[r])).isEqualTo(written ? bits(rows[r]) : new int[back[r].length]);
    }
  }

  private static int[] bits(float[] row) {
    int[] bits = new int[row.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(row[i]));
    return bits;
  }
}
