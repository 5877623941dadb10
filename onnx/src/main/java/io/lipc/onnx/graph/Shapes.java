package io.lipc.onnx.graph;

import io.lipc.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Extents of tensors, outermost first; none for a scalar. */
public final class Shapes {

  /** ONNX has no limit; nobody has more. */
  public static final int MAX_RANK = 16;

  private Shapes() {}

  /** Whether these are extents of a tensor that fits in memory; 0 is one. */
  public static boolean isValid(List<Long> extents) {
    long size = 1;
    for (long extent : extents) {
      if (extent < 0 || extent > Shape.MAX_SIZE) {
        return false;
      }
      size *= extent;
      if (size > Shape.MAX_SIZE) {
        return false;
      }
    }
    return extents.size() <= MAX_RANK;
  }

  /** The number of elements. */
  public static int size(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /** The shape of one row of a batch: without the first of several extents, which is 1. */
  public static Shape ofRow(List<Integer> shape) {
    boolean batched = shape.size() > 1 && shape.getFirst() == 1;
    List<Integer> row = batched ? shape.subList(1, shape.size()) : shape;
    return row.isEmpty() ? Shape.vector(1) : new Shape(row);
  }

  /** A shape as messages write it: {@code [1, 784]}. */
  public static String words(List<? extends Number> shape) {
    return shape.toString();
  }

  /**
   * The shape that both broadcast to, by the rules of NumPy: aligned at their last extents, where
   * one of two is 1 or both are equal. Empty if they do not fit, or the shape is too large.
   */
  public static Optional<List<Integer>> broadcast(List<Integer> a, List<Integer> b) {
    int rank = Math.max(a.size(), b.size());
    List<Integer> shape = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      int x = extent(a, d - rank + a.size());
      int y = extent(b, d - rank + b.size());
      if (x != y && x != 1 && y != 1) {
        return Optional.empty();
      }
      shape.add(x == 1 ? y : x);
    }
    boolean fits = isValid(shape.stream().map(Integer::longValue).toList());
    return fits ? Optional.of(shape) : Optional.empty();
  }

  private static int extent(List<Integer> shape, int d) {
    return d < 0 ? 1 : shape.get(d);
  }

  /**
   * A shape in the convention of Reshape: 0 keeps an extent, and -1 stands for what is left.
   *
   * @return empty if it does not have as many elements
   */
  public static Optional<List<Integer>> reshape(
      List<Integer> from, List<Long> wanted, boolean allowZero) {
    List<Long> extents = new ArrayList<>();
    int open = -1;
    long known = 1;
    for (int d = 0; d < wanted.size(); d++) {
      long extent = wanted.get(d);
      if (extent == 0 && !allowZero && d < from.size()) {
        extent = from.get(d);
      }
      if (extent == -1 && open < 0) {
        open = d;
      } else if (extent < 1 || extent > Shape.MAX_SIZE) {
        return Optional.empty();
      } else {
        known = Math.min(known * extent, 1L + Shape.MAX_SIZE);
      }
      extents.add(extent);
    }
    if (open >= 0) {
      extents.set(open, size(from) / known);
      known *= extents.get(open);
    }
    boolean fits = known == size(from) && isValid(extents);
    return fits ? Optional.of(extents.stream().map(Long::intValue).toList()) : Optional.empty();
  }

  /** All extents 1 but the last ones. */
  public static List<Integer> ones(int count, Integer... last) {
    List<Integer> shape = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      shape.add(1);
    }
    shape.addAll(List.of(last));
    return shape;
  }
}
