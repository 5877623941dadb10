package io.lipc.runtime;

import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Rows of a box, what the JVM network gives for them, and how close something has to come.
 *
 * @param inputs row by row
 * @param expected by row
 * @param movement how far rounding moves an output of the first rows, the probes: the largest
 *     difference of the JVM's outputs and those in doubles, or what {@link Sensitivity} finds,
 *     whichever is more
 * @param largest the largest output of the probes
 */
record RowSample(float[] inputs, List<float[]> expected, double movement, double largest) {

  private static final long SEED = 0x6c697063;

  /** The least number of rows. */
  static final int PROBES = 16;

  private static final int MARGIN = 16;
  private static final int VARIATION = 16;

  /** Rows of a box, at least {@link #PROBES}. */
  static RowSample of(FloatNetwork network, Unit.Box box, int rows) {
    int size = network.inputSize();
    float[] inputs = inputs(box, rows);
    List<float[]> expected = new ArrayList<>();
    List<double[]> probes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      float[] x = Arrays.copyOfRange(inputs, row * size, (row + 1) * size);
      float[] y = new float[network.outputSize()];
      network.apply(x, y);
      expected.add(y);
      if (row < PROBES) {
        probes.add(doubles(x));
      }
    }
    List<double[]> real = UnitEvaluator.of(network.subject()).applyAll(probes);
    double movement = Sensitivity.movement(network.subject(), probes, real);
    double largest = 0;
    for (int row = 0; row < PROBES; row++) {
      double[] y = doubles(expected.get(row));
      movement = Math.max(movement, Sensitivity.distance(y, real.get(row)));
      largest = Math.max(largest, largest(expected.get(row)));
    }
    return new RowSample(inputs, expected, movement, largest);
  }

  private static float[] inputs(Unit.Box box, int rows) {
    SplittableRandom random = new SplittableRandom(SEED);
    int size = box.lower().size();
    float[] inputs = new float[rows * size];
    for (int i = 0; i < inputs.length; i++) {
      double t = random.nextDouble();
      inputs[i] = (float) ((1 - t) * box.lower().get(i % size) + t * box.upper().get(i % size));
    }
    return inputs;
  }

  private static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    Arrays.setAll(doubles, i -> numbers[i]);
    return doubles;
  }

  /** The largest magnitude; NaN where one is NaN. */
  private static double largest(float[] numbers) {
    return Sensitivity.distance(doubles(numbers), new double[numbers.length]);
  }

  int rows() {
    return expected.size();
  }

  /** Whether no output overflows: else there is nothing to compare. */
  boolean isFinite() {
    return Double.isFinite(movement)
        && expected.stream().allMatch(y -> Double.isFinite(largest(y)));
  }

  /**
   * How far the outputs of a row may be off: {@code 16 movement}, in proportion to the row's
   * largest output where that is larger than those of the probes, 4 units in its last place, and
   * the least normal number, as OpenCL lets devices flush smaller ones to zero.
   *
   * <p>An honest device adds in another order, fuses multiply-add or does not, and is allowed five
   * units in the last place by OpenCL where the JVM's functions have up to two and a half: another
   * sample of the same errors, and not 16 times larger. The proved rounding bound has no part in
   * this. Of those functions it covers too little, and of most networks far more than the outputs,
   * so that zeros would be within it.
   */
  private double tolerance(float[] y) {
    double size = largest(y);
    double proportion = size > largest ? size / largest : 1;
    return MARGIN * movement * proportion + 4 * Math.ulp((float) size) + Float.MIN_NORMAL;
  }

  /** The first element that is too far off, as a clause; {@code outputs} are row by row. */
  Optional<String> difference(float[] outputs) {
    int at = 0;
    for (int row = 0; row < rows(); row++) {
      float[] y = expected.get(row);
      double tolerance = tolerance(y);
      for (int i = 0; i < y.length; i++) {
        float found = outputs[at++];
        // Written so that NaN counts as a difference.
        if (!(Math.abs((double) y[i] - found) <= tolerance)) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "output %d of row %d is %s, expected %s within %.2g",
                  i,
                  row,
                  found,
                  y[i],
                  tolerance));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether some output varies by much more than the tolerance: then no constant is within it. */
  boolean isTelling() {
    return isFinite() && variation() >= VARIATION * largestTolerance();
  }

  private double largestTolerance() {
    return expected.stream().mapToDouble(this::tolerance).max().orElse(0);
  }

  private double variation() {
    double variation = 0;
    for (int i = 0; i < expected.getFirst().length; i++) {
      int output = i;
      double upper = expected.stream().mapToDouble(y -> y[output]).max().orElse(0);
      double lower = expected.stream().mapToDouble(y -> y[output]).min().orElse(0);
      variation = Math.max(variation, upper - lower);
    }
    return variation;
  }

  /** Why it is not telling, as a clause. */
  String blindness() {
    return isFinite()
        ? String.format(
            Locale.ROOT,
            "over the inputs that were tried no output varies by more than %.2g, and rounding may"
                + " explain %.2g",
            variation(),
            largestTolerance())
        : "outputs are not finite";
  }
}
