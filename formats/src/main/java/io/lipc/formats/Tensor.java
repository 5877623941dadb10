package io.lipc.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A named array of finite numbers; immutable, although {@link #values()} hands out a copy only.
 *
 * <p>Every F32 number is a double, so the elements are kept as doubles whatever their format.
 */
public final class Tensor {

  private final String name;
  private final ElementType type;
  private final List<Integer> shape;
  private final double[] values;

  private Tensor(String name, ElementType type, List<Integer> shape, double[] values) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.values = values;
  }

  /**
   * A tensor of the given elements, in row-major order.
   *
   * @param shape non-negative extents whose product is the number of values; empty for a scalar
   * @param values numbers of the format {@code type}; copied
   * @throws FormatException if a value is NaN or infinite
   * @throws IllegalArgumentException if the shape does not fit or a value is not of the format
   */
  public static Tensor of(String name, ElementType type, List<Integer> shape, double[] values)
      throws FormatException {
    if (!fits(shape, values.length)) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new FormatException(
            String.format("tensor `%s` holds %s at index %d", name, values[i], i));
      }
      if (!type.holds(values[i])) {
        throw new IllegalArgumentException(values[i] + " is not a number of format " + type);
      }
    }
    return new Tensor(name, type, List.copyOf(shape), values.clone());
  }

  private static boolean fits(List<Integer> shape, int count) {
    // Stops above count, so no product overflows; a zero makes the others irrelevant.
    long size = shape.contains(0) ? 0 : 1;
    for (int extent : shape) {
      if (extent < 0 || size > count) {
        return false;
      }
      size *= extent;
    }
    return size == count;
  }

  /** Its name, unique within a file. */
  public String name() {
    return name;
  }

  /** The format of its elements. */
  public ElementType type() {
    return type;
  }

  /** Its extents, outermost first. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return values.length;
  }

  /** Element {@code index} in row-major order. */
  public double get(int index) {
    return values[index];
  }

  /** A copy of the elements in row-major order. */
  public double[] values() {
    return values.clone();
  }

  /**
   * The elements as rows of a matrix.
   *
   * @return {@code shape[0]} fresh arrays of {@code shape[1]} numbers
   * @throws IllegalStateException if the tensor has not two extents
   */
  public double[][] rows() {
    if (shape.size() != 2) {
      throw new IllegalStateException("tensor `" + name + "` is no matrix: " + shape);
    }
    int columns = shape.get(1);
    double[][] rows = new double[shape.get(0)][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * columns, rows[i], 0, columns);
    }
    return rows;
  }

  /**
   * The same tensor in another format, each element rounded once.
   *
   * @throws FormatException if an element overflows
   */
  public Tensor rounded(ElementType target) throws FormatException {
    if (target == type) {
      return this;
    }
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = target.round(values[i]);
      if (!Double.isFinite(rounded[i])) {
        throw new FormatException(
            String.format("tensor `%s`: %s overflows %s", name, values[i], target));
      }
    }
    return new Tensor(name, target, shape, rounded);
  }

  /**
   * The digest of format, shape and elements, and of nothing else: it does not depend on the file
   * that the tensor was read from.
   */
  public Digest digest() {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type) {
        case F32 -> bytes.putFloat((float) value);
        case F64 -> bytes.putDouble(value);
      }
    }
    return Digest.of((type + " " + shape + "\n").getBytes(StandardCharsets.UTF_8), bytes.array());
  }
}
