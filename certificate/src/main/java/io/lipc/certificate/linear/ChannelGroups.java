package io.lipc.certificate.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The places of an activation's groups in a vector: neighbours, or in an image neighbouring
 * channels at one pixel.
 *
 * @param size the number of elements of a group
 * @param pixels how far apart they are: 1 for neighbours, the pixels of a channel for channels
 */
public record ChannelGroups(int size, int pixels) {

  /**
   * The place of an element in the vector.
   *
   * @param i its number, counted group by group, and pixel by pixel for the same channels
   */
  public int place(int i) {
    int number = i / size;
    return (number / pixels * size + i % size) * pixels + number % pixels;
  }

  /** The elements of a vector of whole groups, group by group. */
  public <T> List<T> of(List<T> x) {
    return pixels == 1 ? x : IntStream.range(0, x.size()).mapToObj(i -> x.get(place(i))).toList();
  }

  /** The elements of a vector of whole groups, group by group. */
  public double[] of(double[] x) {
    return pixels == 1 ? x : IntStream.range(0, x.length).mapToDouble(i -> x[place(i)]).toArray();
  }

  /** The vector whose elements are given group by group. */
  public <T> List<T> vector(List<T> y) {
    List<T> vector = new ArrayList<>(y);
    IntStream.range(0, y.size()).forEach(i -> vector.set(place(i), y.get(i)));
    return vector;
  }

  /** The vector whose elements are given group by group. */
  public double[] vector(double[] y) {
    if (pixels == 1) {
      return y;
    }
    double[] vector = new double[y.length];
    IntStream.range(0, y.length).forEach(i -> vector[place(i)] = y[i]);
    return vector;
  }
}
