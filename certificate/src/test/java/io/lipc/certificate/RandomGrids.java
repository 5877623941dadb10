package io.lipc.certificate;

import io.lipc.certificate.linear.Grid;
import java.util.random.RandomGenerator;

/** Random images. */
public final class RandomGrids {

  private RandomGrids() {}

  /** An image of that many elements. */
  public static Grid of(int size, RandomGenerator random) {
    while (true) {
      int channels = 1 + random.nextInt(size);
      int height = 1 + random.nextInt(size);
      int width = size / (channels * height);
      if (channels * height * width == size) {
        return new Grid(channels, height, width);
      }
    }
  }
}
