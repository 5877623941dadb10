package io.lipc.certifier.bound;

import io.lipc.certificate.Torus;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The action of a convolution on the waves of a torus: a complex matrix for each group of channels
 * and each frequency, in doubles. Those of opposite frequencies are conjugates, so half of them are
 * here, numbered row by row for one group after the other.
 */
final class WaveMatrices {

  /** The checker's limits. */
  private static final int MAX_CELLS = 256;

  private static final int MAX_COORDINATES = 1024;

  /** Steps of a power iteration at each frequency; each begins where its neighbour's ended. */
  private static final int STEPS = 4;

  /** The steps of a power iteration that has no neighbour to begin with. */
  private static final int FIRST_STEPS = 20;

  private final Convolution map;
  private final double[] kernel;
  private final Torus torus;
  private final Placement down;
  private final Placement right;
  private final int rows;
  private final int columns;
  private final Deadline deadline;

  WaveMatrices(Convolution map, double[] kernel, Torus torus, Deadline deadline) {
    this.deadline = deadline;
    this.map = map;
    this.kernel = kernel;
    this.torus = torus;
    this.down = Placement.of(map.window().vertical(), torus, 0);
    this.right = Placement.of(map.window().horizontal(), torus, 1);
    this.rows = map.channels() / map.groups();
    this.columns = map.read() * down.phases() * right.phases();
  }

  Torus torus() {
    return torus;
  }

  /** Whether the checker takes matrices of this size, and so many. */
  boolean areChecked() {
    return down.cells() <= MAX_CELLS
        && right.cells() <= MAX_CELLS
        && rows + columns <= MAX_COORDINATES;
  }

  /**
   * The places of the elements of a window along one axis.
   *
   * @param phase by element, the number of a pixel within its cell, of those that occur
   * @param cell by element, its cell where the window gives that of number 0
   */
  private record Placement(int cells, double twist, int[] phase, int[] cell, int phases) {

    static Placement of(Axis axis, Torus torus, int number) {
      IntStream elements = IntStream.range(0, axis.kernel());
      int[] places = elements.map(u -> u * axis.dilation() - axis.before()).toArray();
      int[] rests = Arrays.stream(places).map(p -> Math.floorMod(p, axis.stride())).toArray();
      List<Integer> known = Arrays.stream(rests).distinct().boxed().toList();
      return new Placement(
          torus.cells().get(number),
          torus.twist().get(number),
          Arrays.stream(rests).map(known::indexOf).toArray(),
          Arrays.stream(places).map(p -> Math.floorDiv(p, axis.stride())).toArray(),
          known.size());
    }

    /** The number of frequencies without those that are opposite to one of them. */
    int half() {
      return twist == 0 ? cells / 2 + 1 : Math.ceilDiv(cells, 2);
    }

    double angle(int frequency, int element) {
      return 2 * Math.PI * (frequency + twist) * cell[element] / cells;
    }
  }

  /** A matrix, by its real and imaginary parts. */
  private record Parts(double[][] real, double[][] imaginary) {}

  private Parts parts(int group, int j, int k) {
    deadline.check();
    int width = right.phase().length;
    int area = down.phase().length * width;
    double[] cosine = new double[area];
    double[] sine = new double[area];
    int[] phase = new int[area];
    for (int d = 0; d < area; d++) {
      double angle = down.angle(j, d / width) + right.angle(k, d % width);
      cosine[d] = Math.cos(angle);
      sine[d] = Math.sin(angle);
      phase[d] = down.phase()[d / width] * right.phases() + right.phase()[d % width];
    }
    Parts parts = new Parts(new double[rows][columns], new double[rows][columns]);
    int each = columns / map.read();
    for (int o = 0; o < rows; o++) {
      double[] real = parts.real()[o];
      double[] imaginary = parts.imaginary()[o];
      int from = (group * rows + o) * map.read() * area;
      for (int i = 0; i < map.read(); i++, from += area) {
        for (int d = 0; d < area; d++) {
          real[i * each + phase[d]] += kernel[from + d] * cosine[d];
          imaginary[i * each + phase[d]] += kernel[from + d] * sine[d];
        }
      }
    }
    return parts;
  }

  /** The numbers of all rows of frequencies, of all groups. */
  IntStream rowsOfWaves() {
    return IntStream.range(0, map.groups() * down.half());
  }

  /** Estimates of the norms of one row: never above them, but for rounding. */
  double[] estimates(int row) {
    int group = row / down.half();
    double[] x = new double[2 * columns];
    Arrays.setAll(x, i -> Math.sin(1 + i * 0.7));
    double[] norms = new double[right.cells()];
    for (int k = 0; k < norms.length; k++) {
      Parts parts = parts(group, row % down.half(), k);
      norms[k] = power(parts, x, k == 0 ? FIRST_STEPS : STEPS);
    }
    return norms;
  }

  /** The root of {@code |K* K x| / |x|}, after some steps; x is where they end. */
  private static double power(Parts parts, double[] x, int steps) {
    double square = 0;
    for (int step = 0; step < steps; step++) {
      double norm = Dense.norm(x);
      if (norm == 0) {
        Arrays.fill(x, 1);
        return 0;
      }
      double[] image = times(parts, x, 1 / norm);
      System.arraycopy(image, 0, x, 0, x.length);
      square = Dense.norm(x);
    }
    return Math.sqrt(square);
  }

  /** {@code factor K* K x}; vectors have their real parts first. */
  private static double[] times(Parts parts, double[] x, double factor) {
    int n = x.length / 2;
    double[] first = Arrays.copyOf(x, n);
    double[] second = Arrays.copyOfRange(x, n, 2 * n);
    double[] real = new double[n];
    double[] imaginary = new double[n];
    for (int o = 0; o < parts.real().length; o++) {
      double[] a = parts.real()[o];
      double[] b = parts.imaginary()[o];
      double y = factor * (Dense.dot(a, first) - Dense.dot(b, second));
      double z = factor * (Dense.dot(a, second) + Dense.dot(b, first));
      for (int i = 0; i < n; i++) {
        real[i] += a[i] * y + b[i] * z;
        imaginary[i] += a[i] * z - b[i] * y;
      }
    }
    double[] image = Arrays.copyOf(real, 2 * n);
    System.arraycopy(imaginary, 0, image, n, n);
    return image;
  }

  /** Matrix number {@code wave} as a real one, {@code [Re, -Im; Im, Re]}: of the same norm. */
  double[][] matrix(int wave) {
    int row = wave / right.cells();
    Parts parts = parts(row / down.half(), row % down.half(), wave % right.cells());
    double[][] matrix = new double[2 * rows][2 * columns];
    for (int o = 0; o < rows; o++) {
      for (int i = 0; i < columns; i++) {
        matrix[o][i] = parts.real()[o][i];
        matrix[o][columns + i] = -parts.imaginary()[o][i];
        matrix[rows + o][i] = parts.imaginary()[o][i];
        matrix[rows + o][columns + i] = parts.real()[o][i];
      }
    }
    return matrix;
  }
}
