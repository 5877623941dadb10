package io.lipc.model;

import io.lipc.certificate.linear.Grid;
import io.lipc.model.activation.Activation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, every one of them positive. Its elements are one vector in row-major
 * order, the last extent fastest: so layers read them, certificates count them and generated code
 * keeps them in its arrays. To flatten or to reshape a tensor moves nothing.
 *
 * @param extents as written, outermost first: {@code real[1, 28, 28]} has three
 */
public record Shape(List<Integer> extents) {

  /** The most elements of a tensor, 2^24, so that index arithmetic cannot overflow. */
  public static final int MAX_SIZE = Activation.MAX_ELEMENTS;

  public Shape {
    extents = List.copyOf(extents);
    if (!isValid(extents)) {
      throw new IllegalArgumentException("not a shape: " + extents);
    }
  }

  /** Whether the extents are positive and their product is at most {@link #MAX_SIZE}. */
  public static boolean isValid(List<Integer> extents) {
    long size = 1;
    for (int extent : extents) {
      if (extent <= 0) {
        return false;
      }
      size *= extent;
      if (size > MAX_SIZE) {
        return false;
      }
    }
    return !extents.isEmpty();
  }

  /** The shape of a vector. */
  public static Shape vector(int size) {
    return new Shape(List.of(size));
  }

  /** The shape of an image. */
  public static Shape of(Grid grid) {
    return new Shape(grid.extents());
  }

  /** The image that a tensor of three extents is: channels, height and width. */
  public Optional<Grid> image() {
    return extents.size() == 3
        ? Optional.of(new Grid(extents.get(0), extents.get(1), extents.get(2)))
        : Optional.empty();
  }

  /** The number of elements. */
  public int size() {
    return extents.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /** The shape as messages write it: {@code R^64}, {@code R^(1x28x28)}. */
  @Override
  public String toString() {
    String joined = extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
    return extents.size() == 1 ? "R^" + joined : "R^(" + joined + ")";
  }
}
