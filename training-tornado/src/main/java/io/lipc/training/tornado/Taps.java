package io.lipc.training.tornado;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Windows;
import io.lipc.kernels.graph.PoolKernel;
import java.util.Arrays;

/**
 * Which pixels a window joins, the same ones in each channel.
 *
 * @param window which pixel of the input tap number a of output pixel p reads, at {@code p area +
 *     a}; -1 where that lies outside
 * @param readers which output pixel reads pixel q of the input by tap number a, at {@code q area +
 *     a}; -1 where none does. There is never more than one: a window moves by whole strides
 * @param from the number of pixels of the input
 * @param to the number of pixels of the output
 * @param area the number of taps
 */
record Taps(int[] window, int[] readers, int from, int to, int area) {

  static Taps of(Convolution map) {
    return of(Windows.of(map), map.input().pixels(), map.output().pixels(), map.window().area());
  }

  static Taps of(PoolKernel pool) {
    return of(
        Windows.ofPool(pool.input(), pool.window()),
        pool.input().pixels(),
        pool.output().pixels(),
        pool.window().area());
  }

  private static Taps of(Windows windows, int from, int to, int area) {
    int[] window = new int[Math.multiplyExact(to, area)];
    int[] readers = new int[Math.multiplyExact(from, area)];
    Arrays.fill(window, -1);
    Arrays.fill(readers, -1);
    for (int pixel = 0; pixel < to; pixel++) {
      int p = pixel;
      windows.forEach(
          p,
          (place, number) -> {
            if (number < area) { // The first channel that the window reads.
              window[p * area + number] = place;
              readers[place * area + number] = p;
            }
          });
    }
    return new Taps(window, readers, from, to, area);
  }
}
