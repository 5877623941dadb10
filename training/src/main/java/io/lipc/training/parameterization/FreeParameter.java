package io.lipc.training.parameterization;

/**
 * One matrix among the free parameters, in row-major order.
 *
 * @param name unique within a parameterization
 * @param rows positive
 * @param columns positive
 * @param offset the index of its first entry
 */
public record FreeParameter(String name, int rows, int columns, int offset) {

  /** The number of entries. */
  public int size() {
    return Math.multiplyExact(rows, columns);
  }
}
