package io.lipc.examples.shirts;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes the data set as a table that {@code lipc train} reads: 784 pixels from 0 to 255, then the
 * class. One test image comes before every six training images, so {@code --test-every 7} keeps
 * exactly the test images for the test.
 */
final class Table {

  private static final int TRAINING_PER_TEST = 6;

  private Table() {}

  /** Takes the folder with the files of the data set, and the file to write. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println(
          "shirts: the arguments are the folder with the files of Fashion-MNIST,"
              + " and the table to write");
      System.exit(2);
      return;
    }
    Path folder = Path.of(arguments[0]);
    List<Images.Image> training = Images.read(folder, Images.Part.TRAINING);
    List<Images.Image> test = Images.read(folder, Images.Part.TEST);
    try (BufferedWriter table =
        Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.US_ASCII)) {
      write(training, test, table);
    }
  }

  /**
   * Writes all images.
   *
   * @throws IllegalArgumentException unless there are six training images for each test image
   */
  static void write(List<Images.Image> training, List<Images.Image> test, Writer table)
      throws IOException {
    if (training.size() != TRAINING_PER_TEST * test.size()) {
      throw new IllegalArgumentException(
          "%d training images are not six for each of %d test images"
              .formatted(training.size(), test.size()));
    }
    for (int i = 0; i < test.size(); i++) {
      table.write(row(test.get(i)));
      for (int k = 0; k < TRAINING_PER_TEST; k++) {
        table.write(row(training.get(TRAINING_PER_TEST * i + k)));
      }
    }
  }

  private static String row(Images.Image image) {
    StringJoiner row = new StringJoiner(",", "", "\n");
    for (int count : image.counts()) {
      row.add(Integer.toString(count));
    }
    return row.add(Integer.toString(image.label())).toString();
  }
}
