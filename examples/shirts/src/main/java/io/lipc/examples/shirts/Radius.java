package io.lipc.examples.shirts;

import java.util.List;

/**
 * An l2 distance between images whose pixels are in [0, 1].
 *
 * @param text as papers write it
 */
record Radius(String text, double distance) {

  /** Those that certified accuracy is told for. */
  static final List<Radius> ALL = List.of(steps(36), steps(72), steps(108), new Radius("0.5", 0.5));

  /** In steps of pixels of eight bits. */
  private static Radius steps(int steps) {
    return new Radius(steps + "/255", steps / 255.0);
  }
}
