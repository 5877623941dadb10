package io.lipc.linalg;

/** The rows, columns or terms from {@code from} until {@code to}, which is not one of them. */
record Range(int from, int to) {

  /** The rows of a whole matrix. */
  static Range all(double[][] rows) {
    return new Range(0, rows.length);
  }

  int length() {
    return to - from;
  }
}
