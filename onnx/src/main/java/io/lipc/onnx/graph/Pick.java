package io.lipc.onnx.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Elements of a tensor in another order and shape: what transpositions, slices and their like do,
 * to constants and to signals alike.
 */
public final class Pick {

  private final List<Integer> shape;
  private final int[] places;

  private Pick(List<Integer> shape, int[] places) {
    this.shape = List.copyOf(shape);
    this.places = places;
  }

  /** A pick of elements of the source by their numbers, as many as the shape has. */
  public static Pick of(List<Integer> shape, int[] places) {
    return new Pick(shape, places.clone());
  }

  /** The extents of the result. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number in the source of each element of the result, in row-major order. */
  public int[] places() {
    return places;
  }

  /** The same elements in another shape of as many. */
  public Pick reshaped(List<Integer> other) {
    return new Pick(other, places);
  }

  /**
   * The tensor in which extent d is extent {@code order[d]} of the source.
   *
   * @param order each extent of {@code from} once
   */
  public static Pick transposed(List<Integer> from, List<Integer> order) {
    int[] strides = strides(from);
    List<int[]> steps = new ArrayList<>();
    for (int d : order) {
      int[] step = new int[from.get(d)];
      Arrays.setAll(step, i -> i * strides[d]);
      steps.add(step);
    }
    return walk(steps);
  }

  /**
   * The elements with some numbers of each extent.
   *
   * @param taken for each extent of {@code from}, numbers below it
   * @return empty if the result is too large
   */
  public static Optional<Pick> taken(List<Integer> from, List<int[]> taken) {
    if (!Shapes.isValid(taken.stream().map(numbers -> (long) numbers.length).toList())) {
      return Optional.empty();
    }
    int[] strides = strides(from);
    List<int[]> steps = new ArrayList<>();
    for (int d = 0; d < from.size(); d++) {
      int stride = strides[d];
      steps.add(Arrays.stream(taken.get(d)).map(number -> number * stride).toArray());
    }
    return Optional.of(walk(steps));
  }

  /** Elements repeated where an extent is 1, to a valid shape that {@code from} broadcasts to. */
  public static Pick repeated(List<Integer> from, List<Integer> shape) {
    List<Integer> padded = new ArrayList<>(Collections.nCopies(shape.size() - from.size(), 1));
    padded.addAll(from);
    List<int[]> taken = new ArrayList<>();
    for (int d = 0; d < padded.size(); d++) {
      int[] numbers = new int[shape.get(d)];
      if (padded.get(d) != 1) {
        Arrays.setAll(numbers, i -> i);
      }
      taken.add(numbers);
    }
    return taken(padded, taken).orElseThrow();
  }

  /** The distance between neighbours along each extent. */
  private static int[] strides(List<Integer> shape) {
    int[] strides = new int[shape.size()];
    int stride = 1;
    for (int d = shape.size() - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= Math.max(1, shape.get(d));
    }
    return strides;
  }

  /** All sums of one number of each list, the last list the fastest. */
  private static Pick walk(List<int[]> steps) {
    List<Integer> shape = steps.stream().map(step -> step.length).toList();
    int[] places = {0};
    for (int[] step : steps) {
      int[] more = new int[places.length * step.length];
      for (int i = 0; i < places.length; i++) {
        for (int j = 0; j < step.length; j++) {
          more[i * step.length + j] = places[i] + step[j];
        }
      }
      places = more;
    }
    return new Pick(shape, places);
  }
}
