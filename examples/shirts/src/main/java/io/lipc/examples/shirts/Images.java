package io.lipc.examples.shirts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of the data set Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): 60,000 to train with and
 * 10,000 for tests, 28 by 28 pixels each. They are read from a folder; this module holds none.
 */
final class Images {

  /** The pixels of one image. */
  static final int PIXELS = 28 * 28;

  private static final int CLASSES = 10;
  private static final double WHITE = 255;

  private Images() {}

  /** A part of the data set, with the word that its files' names begin with. */
  enum Part {
    TRAINING("train"),
    TEST("t10k");

    private final String word;

    Part(String word) {
      this.word = word;
    }
  }

  /**
   * An image with its class.
   *
   * @param counts 784 numbers from 0 to 255, row by row
   * @param label 0 to 9
   */
  record Image(int[] counts, int label) {

    /** The pixels that networks read: 784 numbers in [0, 1], row by row. */
    double[] pixels() {
      double[] pixels = new double[PIXELS];
      for (int i = 0; i < PIXELS; i++) {
        pixels[i] = counts[i] / WHITE;
      }
      return pixels;
    }
  }

  /**
   * Reads the images of a part, in their order.
   *
   * @param folder with the part's two files, as the data set has them
   * @throws IOException with a message for people, if a file is missing or is something else
   */
  static List<Image> read(Path folder, Part part) throws IOException {
    IdxFile images = file(folder, part.word + "-images-idx3-ubyte.gz", 3);
    IdxFile labels = file(folder, part.word + "-labels-idx1-ubyte.gz", 1);
    int count = images.extents().getFirst();
    if (!images.extents().equals(List.of(count, 28, 28))) {
      throw new IOException(
          "%s has extents %s; images of 28 by 28 pixels were expected"
              .formatted(images.file(), images.extents()));
    }
    if (labels.extents().getFirst() != count) {
      throw new IOException(
          "%s has %d labels, but %s has %d images"
              .formatted(labels.file(), labels.extents().getFirst(), images.file(), count));
    }
    List<Image> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Image(counts(images, i), label(labels, i)));
    }
    return all;
  }

  private static IdxFile file(Path folder, String name, int rank) throws IOException {
    Path file = folder.resolve(name);
    try {
      return IdxFile.read(file, rank);
    } catch (NoSuchFileException e) {
      throw new IOException(
          file
              + (Files.isDirectory(folder) ? " does not exist" : ": there is no such folder")
              + "; name the folder with the four files of Fashion-MNIST, which are in Debian's"
              + " package dataset-fashion-mnist",
          e);
    }
  }

  private static int[] counts(IdxFile images, int image) {
    int[] counts = new int[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      counts[i] = images.unsigned(image * PIXELS + i);
    }
    return counts;
  }

  private static int label(IdxFile labels, int image) throws IOException {
    int label = labels.unsigned(image);
    if (label >= CLASSES) {
      throw new IOException(
          "%s: image %d has the class %d; there are ten, from 0"
              .formatted(labels.file(), image + 1, label));
    }
    return label;
  }
}
