package io.lipc.training.tornado;

import java.util.function.IntUnaryOperator;

/**
 * The rows that read each element, where a row reads one.
 *
 * @param first where those of each element begin in {@code rows}, and where the last ones end
 * @param rows element by element
 */
record Readers(int[] first, int[] rows) {

  /**
   * Those of a map.
   *
   * @param place which element a row reads
   */
  static Readers of(IntUnaryOperator place, int rows, int columns) {
    int[] first = new int[columns + 1];
    for (int i = 0; i < rows; i++) {
      first[place.applyAsInt(i) + 1]++;
    }
    for (int k = 0; k < columns; k++) {
      first[k + 1] += first[k];
    }
    int[] next = first.clone();
    int[] sorted = new int[rows];
    for (int i = 0; i < rows; i++) {
      sorted[next[place.applyAsInt(i)]++] = i;
    }
    return new Readers(first, sorted);
  }
}
