package io.lipc.benchmarks.uci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Two classes that are easy to tell apart, in the form of the sets. */
final class Blobs {

  static final int ROWS = 60;

  private Blobs() {}

  /** Centres three apart, standard deviation a half; two folds; all times {@code scale}. */
  static void write(Path folder, String name, double scale) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int label = row % 2;
      double x = scale * (1.5 * (2 * label - 1) + 0.5 * random.nextGaussian());
      double y = scale * 0.5 * random.nextGaussian();
      rows.add(x + "," + y + "," + label);
      marks.add(row < ROWS / 4 ? "1,0" : row < ROWS / 2 ? "0,1" : "0,0");
    }
    Files.write(folder.resolve(name + ".csv"), rows);
    Files.write(folder.resolve(name + ".test-folds.csv"), marks);
  }
}
