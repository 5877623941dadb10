package io.lipc.training.table;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Data sets for tests. */
public final class TestData {

  private TestData() {}

  /** Two interleaved half circles of radius 1 with a little noise. */
  public static Dataset twoMoons(int size, long seed) throws DataException {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] features = new double[size][];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 2;
      double angle = random.nextDouble(Math.PI);
      double x = StrictMath.cos(angle);
      double y = StrictMath.sin(angle);
      double dx = random.nextDouble(-0.1, 0.1);
      double dy = random.nextDouble(-0.1, 0.1);
      features[i] =
          labels[i] == 0
              ? new double[] {x + dx - 0.5, y + dy - 0.25}
              : new double[] {0.5 - x + dx, 0.25 - y + dy};
    }
    return Dataset.of(List.of("upper", "lower"), features, labels);
  }

  /** A set of the UCI repository whose last column is the label; skips the test without it. */
  public static Dataset uci(String name, int labelColumn) throws IOException, DataException {
    Path file = Path.of(System.getProperty("lipc.shared")).resolve("data/uci/" + name + ".csv");
    assumeTrue(Files.exists(file), "the shared data set " + name + " is not there");
    return CsvData.read(file, labelColumn);
  }
}
