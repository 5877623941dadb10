package io.lipc.kernels.graph;

/**
 * A named vector that kernels read and write.
 *
 * @param name unique within its graph
 * @param size the number of elements, positive
 */
public record Buffer(String name, int size) {

  public Buffer {
    if (size <= 0) {
      throw new IllegalArgumentException("buffer " + name + " of size " + size);
    }
  }

  /** {@code h1[64]}. */
  @Override
  public String toString() {
    return name + "[" + size + "]";
  }
}
