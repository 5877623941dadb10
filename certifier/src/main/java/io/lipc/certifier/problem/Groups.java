package io.lipc.certifier.problem;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.SlopeBounds;
import java.util.Arrays;
import java.util.Optional;

/**
 * An activation that maps groups of neighbouring elements, as the search sees it: for each group z
 * there are new coordinates u with
 *
 * <pre>p = read z,   sum_k 2 (u_k - a p_k)(b p_k - u_k) >= 0,   y = through z + out u</pre>
 *
 * <p>and one multiplier; what [a, b] is of each group, {@link KnownSlopes} say. It is the
 * constraint that the checker has: where that leaves out an element of a vector whose sum is known,
 * the coordinates here are those in an orthonormal basis of the vectors of sum zero. That is a
 * congruence, so the multipliers are the same.
 *
 * @param size the number of elements of a group
 * @param read p by z
 * @param through y by z
 * @param out y by u
 * @param passes whether y tells more of z than u does
 * @param pixels how far apart the elements of a group are
 */
public record Groups(
    int size, double[][] read, double[][] through, double[][] out, boolean passes, int pixels) {

  private Groups(int size, double[][] read, double[][] through, double[][] out, boolean passes) {
    this(size, read, through, out, passes, 1);
  }

  private Groups apart(int other) {
    return new Groups(size, read, through, out, passes, other);
  }

  /** Empty for an elementwise activation. */
  public static Optional<Groups> of(Unit.Activation unit) {
    return switch (Slopes.activation(unit)) {
      case Activation.Pointwise _ -> Optional.empty();
      case Activation.Grouped grouped -> Optional.of(of(grouped, unit).apart(unit.pixels()));
    };
  }

  private static Groups of(Activation.Grouped activation, Unit.Activation unit) {
    int size = activation.group(unit.size());
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> activation.sortsPairs() ? pairs() : sorted(size);
      case HOUSEHOLDER -> reflected(activation.parameters().stream().mapToDouble(c -> c).toArray());
      case SOFTMAX, LAYER_NORM -> centredAlone(size);
      case L2_NORMALIZE -> alone(size);
    };
  }

  /**
   * The number of new coordinates of a group in a unit of {@code width} elements, without making
   * what {@link #of} makes: those of a group whose sum is known from what it reads are one fewer
   * than its elements.
   */
  static int fresh(Activation.Grouped activation, int width) {
    return switch (activation.kind()) {
      case MAXMIN, HOUSEHOLDER -> 1;
      case GROUP_SORT, SOFTMAX, LAYER_NORM -> activation.group(width) - 1;
      case L2_NORMALIZE -> activation.group(width);
    };
  }

  /** With {@code r = |u - v|}: {@code (u + v + r) / 2} and {@code (u + v - r) / 2}. */
  private static Groups pairs() {
    double[][] half = {{0.5, 0.5}, {0.5, 0.5}};
    return new Groups(2, new double[][] {{1, -1}}, half, new double[][] {{0.5}, {-0.5}}, true);
  }

  /** The mean stays, and what is orthogonal to it does not grow. */
  private static Groups sorted(int size) {
    double[][] mean = Dense.zeros(size, size);
    for (double[] row : mean) {
      Arrays.fill(row, 1.0 / size);
    }
    double[][] basis = centred(size);
    return new Groups(size, basis, mean, Dense.transpose(basis), true);
  }

  private static Groups reflected(double[] v) {
    double[][] read = {Arrays.stream(v).map(c -> -c).toArray()};
    double[][] out = Arrays.stream(v).mapToObj(c -> new double[] {2 * c}).toArray(double[][]::new);
    return new Groups(v.length, read, Dense.identity(v.length), out, true);
  }

  /** The sum of the results stays, whatever is read; all else of them is new. */
  private static Groups centredAlone(int size) {
    double[][] basis = centred(size);
    double[][] nothing = Dense.zeros(size, size);
    return new Groups(size, basis, nothing, Dense.transpose(basis), false);
  }

  /** Nothing of the results is known but their constraint. */
  private static Groups alone(int size) {
    double[][] all = Dense.identity(size);
    return new Groups(size, all, Dense.zeros(size, size), all, false);
  }

  /** An orthonormal basis of the vectors of sum zero, as rows (Helmert). */
  private static double[][] centred(int size) {
    double[][] basis = Dense.zeros(size - 1, size);
    for (int k = 1; k < size; k++) {
      double scale = 1 / Math.sqrt((double) k * (k + 1));
      Arrays.fill(basis[k - 1], 0, k, scale);
      basis[k - 1][k] = -k * scale;
    }
    return basis;
  }

  /** The number of new coordinates of one group. */
  public int fresh() {
    return read.length;
  }

  /** The matrix from a vector z of {@code width} elements to all p. */
  public double[][] readAll(int width) {
    return each(read, width, false, true);
  }

  /** The matrix from a vector z of {@code width} elements to the part of y that it passes on. */
  public double[][] throughAll(int width) {
    return each(through, width, true, true);
  }

  /** The matrix from all u to their part of a vector y of {@code width} elements. */
  public double[][] outAll(int width) {
    return each(out, width, true, false);
  }

  /**
   * {@code matrix}, once for each group.
   *
   * @param given whether its rows are elements of the vector, and stand where these do
   * @param taken whether its columns are
   */
  private double[][] each(double[][] matrix, int width, boolean given, boolean taken) {
    ChannelGroups groups = new ChannelGroups(size, pixels);
    int count = width / size;
    int rows = matrix.length;
    int columns = matrix[0].length;
    double[][] all = Dense.zeros(count * rows, count * columns);
    for (int i = 0; i < all.length; i++) {
      double[] row = all[given ? groups.place(i) : i];
      for (int j = 0; j < columns; j++) {
        int column = i / rows * columns + j;
        row[taken ? groups.place(column) : column] = matrix[i % rows][j];
      }
    }
    return all;
  }

  /**
   * A multiplier after which the search can go on, where the image of what is read has the norm y.
   *
   * <p>Later units may read z again. With D the pivot so far, {@code D >= z'z / y}; let s be the
   * square of read's norm, whose rows are orthogonal and equally long, so {@code z'z >= |p|^2 / s}
   * besides what is orthogonal to them. With {@code lambda = 2 / ((b - a)^2 s y)} the constraint
   * takes the share of p away and gives as much of y back: the output's square over y, no worse
   * than a norm product. Where nothing of z is passed on, y is that of p alone, and the formula
   * that of slopes.
   */
  public double multiplier(SlopeBounds slopes, double norm) {
    double width = slopes.beta() - slopes.alpha();
    double square = passes ? Dense.dot(read[0], read[0]) : 1;
    return (passes ? 2 : 1) / (width * width * square * norm);
  }
}
