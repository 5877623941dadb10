package io.lipc.runtime.agreement;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Rows of a box, what the JVM network gives for them, and how close something has to come. All
 * numbers are of the network's precision.
 *
 * @param subject the network
 * @param inputs row by row
 * @param expected by row
 * @param movements of each output on the first rows, the probes. Each has its own: outputs may be
 *     in units of their own, and what rounding does to a large one says nothing about a small one
 * @param apart how far the outputs of two honest programs are apart at most: twice the proved
 *     rounding bound on the box, infinite where there is none
 */
public record RowSample(
    Subject subject, double[] inputs, List<double[]> expected, double[] movements, double apart) {

  private static final long SEED = 0x6c697063;

  /** The least number of rows. */
  public static final int PROBES = 16;

  private static final int MARGIN = 16;
  private static final int VARIATION = 16;

  /** How often signs are drawn for a single row, whose movements may cancel in a few. */
  private static final int DRAWS_OF_A_ROW = 8;

  /**
   * Rows of a box.
   *
   * @param subject the network
   * @param jvm its outputs of one row, as the JVM computes them
   * @param rows at least {@link #PROBES}
   */
  public static RowSample of(Subject subject, UnaryOperator<double[]> jvm, Unit.Box box, int rows) {
    double[] inputs = inputs(subject, box, rows);
    List<double[]> expected = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      expected.add(jvm.apply(row(subject, inputs, row)));
    }
    return new RowSample(
        subject,
        inputs,
        expected,
        movements(subject, inputs, expected, 0, PROBES, Sensitivity.DRAWS),
        2 * RoundingBound.maxError(subject, box).orElse(Double.POSITIVE_INFINITY));
  }

  private static double[] row(Subject subject, double[] inputs, int row) {
    int size = subject.certificate().inputSize();
    return Arrays.copyOfRange(inputs, row * size, (row + 1) * size);
  }

  private static List<double[]> rows(Subject subject, double[] inputs, int from, int to) {
    return IntStream.range(from, to).mapToObj(row -> row(subject, inputs, row)).toList();
  }

  /**
   * How far rounding moves each output of some rows: the largest difference of the JVM's outputs
   * and those of the units in doubles, or what {@link Sensitivity} finds, whichever is more.
   *
   * <p>In F32 the former is what rounding did to the JVM's outputs. In F64 the units' outputs are
   * rounded as well: products apart from sums, which the JVM fuses. So it is one sample of what
   * rounding does, and {@link Sensitivity} is what the measure rests on.
   */
  private static double[] movements(
      Subject subject, double[] inputs, List<double[]> expected, int from, int to, int draws) {
    List<double[]> rows = rows(subject, inputs, from, to);
    List<double[]> units = UnitEvaluator.of(subject).applyAll(rows);
    double[] movements = Sensitivity.movements(subject, rows, units, draws);
    for (int row = from; row < to; row++) {
      Sensitivity.include(movements, expected.get(row), units.get(row - from));
    }
    return movements;
  }

  private static double[] inputs(Subject subject, Unit.Box box, int rows) {
    ElementType type = type(subject);
    SplittableRandom random = new SplittableRandom(SEED);
    int size = box.lower().size();
    double[] inputs = new double[rows * size];
    for (int i = 0; i < inputs.length; i++) {
      double t = random.nextDouble();
      inputs[i] = type.round((1 - t) * box.lower().get(i % size) + t * box.upper().get(i % size));
    }
    return inputs;
  }

  private static ElementType type(Subject subject) {
    return subject.certificate().type();
  }

  /** The largest magnitude; NaN where one is NaN. */
  private static double largest(double[] numbers) {
    return Sensitivity.distance(numbers, new double[numbers.length]);
  }

  /** The number of rows. */
  public int rows() {
    return expected.size();
  }

  /** Whether no output overflows: else there is nothing to compare. */
  public boolean isFinite() {
    return Double.isFinite(largest(movements))
        && expected.stream().allMatch(y -> Double.isFinite(largest(y)));
  }

  /**
   * How far an output y may be off: {@code 16 movement}, but no more than the proved rounding bound
   * allows; then 4 of its units in the last place, and the least normal number, as OpenCL lets
   * devices flush smaller ones to zero.
   *
   * <p>An honest device adds in another order, fuses multiply-add or does not, and has functions of
   * a few units in the last place where the JVM's have up to two and a half: another sample of the
   * same errors, and not 16 times larger. The rounding bound alone would not do: for most deep
   * networks it is far more than the outputs, so that zeros would be within it.
   */
  private double tolerance(double movement, double y) {
    double units =
        switch (type(subject)) {
          case F32 -> 4 * Math.ulp((float) y) + Float.MIN_NORMAL;
          case F64 -> 4 * Math.ulp(y) + Double.MIN_NORMAL;
        };
    return Math.min(MARGIN * movement, apart) + units;
  }

  /** The first element that is too far off, as a clause; {@code outputs} are row by row. */
  public Optional<String> difference(double[] outputs) {
    int size = subject.certificate().outputSize();
    for (int row = 0; row < rows(); row++) {
      double[] found = Arrays.copyOfRange(outputs, row * size, (row + 1) * size);
      Optional<String> difference = difference(found, row);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(double[] found, int row) {
    Optional<String> difference = difference(found, row, movements);
    if (difference.isEmpty()) {
      return difference;
    }
    // The row may be more sensitive than the probes, behind a relu that none of them opens.
    double[] own = movements(subject, inputs, expected, row, row + 1, DRAWS_OF_A_ROW);
    Sensitivity.include(own, movements, new double[own.length]);
    return Double.isFinite(largest(own)) ? difference(found, row, own) : difference;
  }

  private Optional<String> difference(double[] found, int row, double[] movements) {
    double[] y = expected.get(row);
    for (int i = 0; i < y.length; i++) {
      double tolerance = tolerance(movements[i], y[i]);
      // Written so that NaN counts as a difference.
      if (!(Math.abs(y[i] - found[i]) <= tolerance)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "output %d of row %d is %s, expected %s within %.2g",
                i,
                row,
                text(found[i]),
                text(y[i]),
                tolerance));
      }
    }
    return Optional.empty();
  }

  /** A number of the network's precision, in its shortest form. */
  private String text(double number) {
    return switch (type(subject)) {
      case F32 -> Float.toString((float) number);
      case F64 -> Double.toString(number);
    };
  }

  /**
   * Whether the sample tells right from wrong: some output varies by much more than its tolerance,
   * so that no constant is within it, and in F64 the network in floats is not within it either.
   */
  public boolean isTelling() {
    return isFinite() && varies() && isFiner();
  }

  private boolean varies() {
    return IntStream.range(0, subject.certificate().outputSize())
        .anyMatch(output -> variation(output) >= VARIATION * tolerance(output));
  }

  /**
   * Whether the same units, whose values are rounded to floats, are refused on the probes: the
   * nearest thing to a device that computes in floats where it was asked for doubles.
   */
  private boolean isFiner() {
    if (type(subject) == ElementType.F32) {
      return true;
    }
    List<double[]> floats =
        UnitEvaluator.of(subject, (_, _, values) -> inFloats(values))
            .applyAll(rows(subject, inputs, 0, PROBES));
    return IntStream.range(0, PROBES).anyMatch(row -> difference(floats.get(row), row).isPresent());
  }

  private static double[] inFloats(double[] values) {
    return Arrays.stream(values).map(ElementType.F32::round).toArray();
  }

  /** The largest one of an output, over the rows. */
  private double tolerance(int output) {
    return expected.stream()
        .mapToDouble(y -> tolerance(movements[output], y[output]))
        .max()
        .orElseThrow();
  }

  /** The variation of an output over the rows. */
  private double variation(int output) {
    double upper = expected.stream().mapToDouble(y -> y[output]).max().orElseThrow();
    double lower = expected.stream().mapToDouble(y -> y[output]).min().orElseThrow();
    return upper - lower;
  }

  /** The largest of something that each output has. */
  private double most(IntToDoubleFunction each) {
    return IntStream.range(0, subject.certificate().outputSize())
        .mapToDouble(each)
        .max()
        .orElseThrow();
  }

  /** The reason why the sample does not tell right from wrong, as a clause. */
  public String blindness() {
    if (!isFinite()) {
      return "outputs are not finite";
    }
    return varies()
        ? String.format(
            Locale.ROOT,
            "over the inputs that were tried a network in floats gives the same outputs as one in"
                + " doubles, within %.2g",
            most(this::tolerance))
        : String.format(
            Locale.ROOT,
            "over the inputs that were tried no output varies by more than %.2g, and rounding may"
                + " explain %.2g",
            most(this::variation),
            most(this::tolerance));
  }
}
