package io.lipc.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * A named array of finite numbers; immutable, so {@link #values()} and all others hand out copies.
 *
 * <p>Every F32 number is a double, so elements are given as doubles whatever their format.
 */
public final class Tensor {

  /** How many elements are hashed at a time. */
  private static final int HASHED = 1 << 11;

  private final String name;
  private final ElementType type;
  private final List<Integer> shape;
  private final Elements elements;

  private Tensor(String name, ElementType type, List<Integer> shape, Elements elements) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.elements = elements;
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
    boolean valid = shape.stream().allMatch(extent -> extent >= 0);
    if (!valid || size(shape) != values.length) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw notFinite(name, values[i], i);
      }
      if (type.round(values[i]) != values[i]) {
        throw new IllegalArgumentException(values[i] + " is not a number of format " + type);
      }
    }
    return new Tensor(name, type, List.copyOf(shape), Elements.of(type, values));
  }

  /**
   * A tensor of the elements that a file holds.
   *
   * @param shape non-negative extents
   * @param bytes in which its elements stand in little-endian order; copied once, before anything
   *     is checked
   * @param begin where they begin
   * @throws FormatException if a value is NaN or infinite
   * @throws IOException if the bytes cannot be read
   */
  static Tensor copyOf(
      String name, StoredType type, List<Integer> shape, FileBytes bytes, long begin)
      throws FormatException, IOException {
    int size = Math.toIntExact(size(shape));
    Elements.Copy copy = Elements.copyOf(type, bytes, begin, size);
    if (copy.notFinite() < copy.elements().size()) {
      throw notFinite(name, copy.elements().get(copy.notFinite()), copy.notFinite());
    }
    return new Tensor(name, type.readAs(), List.copyOf(shape), copy.elements());
  }

  private static FormatException notFinite(String name, double value, int index) {
    return new FormatException(
        "tensor " + Quoted.code(name) + " holds " + value + " at index " + index);
  }

  /**
   * The product of non-negative extents; {@code Long.MAX_VALUE} where that does not fit into a
   * long.
   */
  static long size(List<Integer> shape) {
    long size = 1;
    for (int extent : shape) {
      size = extent == 0 || size <= Long.MAX_VALUE / extent ? size * extent : Long.MAX_VALUE;
    }
    return size;
  }

  /** The tensor's name, unique within a file. */
  public String name() {
    return name;
  }

  /** The format of the tensor's elements, F32 or F64. */
  public ElementType type() {
    return type;
  }

  /** The tensor's extents, outermost first; empty for a scalar. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number of elements: the product of the extents. */
  public int size() {
    return elements.size();
  }

  /** The element with the number {@code index}, in row-major order, counted from 0. */
  public double get(int index) {
    return elements.get(index);
  }

  /** A new array of all elements in row-major order. */
  public double[] values() {
    double[] values = new double[size()];
    copy(0, values);
    return values;
  }

  /**
   * Copies elements {@code from, from + 1, ...} in row-major order, until {@code into} is full.
   *
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public void copy(int from, double[] into) {
    Objects.checkFromIndexSize(from, into.length, size());
    elements.copy(from, into);
  }

  /** Copies elements as {@link #copy(int, double[])} does, each rounded to the nearest float. */
  public void copy(int from, float[] into) {
    Objects.checkFromIndexSize(from, into.length, size());
    elements.copy(from, into);
  }

  /** Appends the elements in row-major and little-endian order. */
  void write(ByteBuffer target) {
    elements.write(0, size(), target);
  }

  /**
   * The elements as rows of a matrix.
   *
   * @return {@code shape[0]} fresh arrays of {@code shape[1]} numbers
   * @throws IllegalStateException if the tensor has not two extents
   */
  public double[][] rows() {
    if (shape.size() != 2) {
      throw new IllegalStateException("tensor `" + name + "` is not a matrix: " + shape);
    }
    int columns = shape.get(1);
    double[][] rows = new double[shape.get(0)][columns];
    for (int i = 0; i < rows.length; i++) {
      copy(i * columns, rows[i]);
    }
    return rows;
  }

  /**
   * This tensor in another format, each element rounded once.
   *
   * @throws FormatException if an element overflows
   */
  public Tensor rounded(ElementType target) throws FormatException {
    if (target == type) {
      return this;
    }
    double[] rounded = values();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = target.round(rounded[i]);
      if (!Double.isFinite(rounded[i])) {
        throw new FormatException(
            "tensor " + Quoted.code(name) + ": " + get(i) + " overflows " + target);
      }
    }
    return new Tensor(name, target, shape, Elements.of(target, rounded));
  }

  /**
   * The digest of format, shape and elements, and of nothing else: it does not depend on the file
   * that the tensor was read from.
   */
  public Digest digest() {
    MessageDigest sha = Digest.sha256();
    sha.update((type + " " + shape + "\n").getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(HASHED * type.bytes());
    int count;
    for (int from = 0; from < size(); from += count) {
      count = Math.min(HASHED, size() - from);
      elements.write(from, count, bytes.clear());
      sha.update(bytes.flip());
    }
    return Digest.of(sha);
  }
}
