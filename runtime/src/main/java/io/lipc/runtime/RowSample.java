package io.lipc.runtime;

import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows of a box, what the JVM network gives for them, and how close something has to come.
 *
 * @param inputs row by row
 * @param expected by row
 * @param movement of the first rows, the probes
 */
record RowSample(FloatNetwork network, float[] inputs, List<float[]> expected, double movement) {

  private static final long SEED = 0x6c697063;

  /** The least number of rows. */
  static final int PROBES = 16;

  private static final int MARGIN = 16;
  private static final int VARIATION = 16;

  /** Rows of a box, at least {@link #PROBES}. */
  static RowSample of(FloatNetwork network, Unit.Box box, int rows) {
    float[] inputs = inputs(box, rows);
    List<float[]> expected = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      float[] y = new float[network.outputSize()];
      network.apply(row(network, inputs, row), y);
      expected.add(y);
    }
    return new RowSample(network, inputs, expected, movement(network, inputs, expected, 0, PROBES));
  }

  private static float[] row(FloatNetwork network, float[] inputs, int row) {
    int size = network.inputSize();
    return Arrays.copyOfRange(inputs, row * size, (row + 1) * size);
  }

  /**
   * How far rounding moves an output of some rows: the largest difference of the JVM's outputs and
   * those in doubles, or what {@link Sensitivity} finds, whichever is more.
   */
  private static double movement(
      FloatNetwork network, float[] inputs, List<float[]> expected, int from, int to) {
    List<double[]> rows =
        IntStream.range(from, to).mapToObj(row -> doubles(row(network, inputs, row))).toList();
    List<double[]> real = UnitEvaluator.of(network.subject()).applyAll(rows);
    double movement = Sensitivity.movement(network.subject(), rows, real);
    for (int row = from; row < to; row++) {
      movement =
          Math.max(
              movement, Sensitivity.distance(doubles(expected.get(row)), real.get(row - from)));
    }
    return movement;
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
   * How far the outputs of a row may be off: {@code 16 movement}, 4 units in the last place of the
   * largest, and the least normal number, as OpenCL lets devices flush smaller ones to zero.
   *
   * <p>An honest device adds in another order, fuses multiply-add or does not, and is allowed five
   * units in the last place by OpenCL where the JVM's functions have up to two and a half: another
   * sample of the same errors, and not 16 times larger. The proved rounding bound has no part in
   * this. Of those functions it covers too little, and of most networks far more than the outputs,
   * so that zeros would be within it.
   */
  private static double tolerance(double movement, float[] y) {
    return MARGIN * movement + 4 * Math.ulp((float) largest(y)) + Float.MIN_NORMAL;
  }

  /** The first element that is too far off, as a clause; {@code outputs} are row by row. */
  Optional<String> difference(float[] outputs) {
    for (int row = 0; row < rows(); row++) {
      Optional<String> difference = difference(outputs, row, movement);
      if (difference.isPresent()) {
        // The row may be more sensitive than the probes, behind a relu that none of them opens.
        double own = movement(network, inputs, expected, row, row + 1);
        difference =
            own > movement && Double.isFinite(own) ? difference(outputs, row, own) : difference;
      }
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(float[] outputs, int row, double movement) {
    float[] y = expected.get(row);
    double tolerance = tolerance(movement, y);
    for (int i = 0; i < y.length; i++) {
      float found = outputs[row * y.length + i];
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
    return Optional.empty();
  }

  /** Whether some output varies by much more than the tolerance: then no constant is within it. */
  boolean isTelling() {
    return isFinite() && variation() >= VARIATION * largestTolerance();
  }

  private double largestTolerance() {
    return expected.stream().mapToDouble(y -> tolerance(movement, y)).max().orElse(0);
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
