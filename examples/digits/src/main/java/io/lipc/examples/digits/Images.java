package io.lipc.examples.digits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of the UCI data set "Optical Recognition of Handwritten Digits"; see ATTRIBUTION.md.
 */
final class Images {

  private static final int PIXELS = 64;
  private static final float FULL_INK = 16;

  private Images() {}

  /**
   * An image with its class.
   *
   * @param pixels 64 numbers in [0, 1], row by row
   * @param digit 0 to 9
   */
  record Image(float[] pixels, int digit) {}

  /** Every third image, beginning with the first: the training script has not seen them. */
  static List<Image> heldOut() {
    List<Image> all = read();
    List<Image> heldOut = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 3) {
      heldOut.add(all.get(i));
    }
    return heldOut;
  }

  private static List<Image> read() {
    InputStream stream = Images.class.getResourceAsStream("/digits8x8.csv");
    if (stream == null) {
      throw new IllegalStateException("digits8x8.csv is part of this module's jar");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return lines.lines().map(Images::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Image parse(String line) {
    String[] fields = line.split(",", -1);
    float[] pixels = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = Integer.parseInt(fields[i]) / FULL_INK;
    }
    return new Image(pixels, Integer.parseInt(fields[PIXELS]));
  }
}
