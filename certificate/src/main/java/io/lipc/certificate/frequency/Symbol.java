package io.lipc.certificate.frequency;

import io.lipc.certificate.linear.Convolution;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The action of a convolution on the waves of a torus, one matrix K(w) for each frequency w.
 *
 * <p>Each cell of an axis has P pixels of the output and Q = P s of the input. Pixel k of the input
 * is number {@code k mod Q} of cell {@code floor(k / Q)}: these numbers are the phases, and so for
 * the output. Let {@code X_ir(q)} be the pixel of channel i and phases r of cell q, {@code Y_oa(q)}
 * that of the output. Where the window reads, by its element d, phases r(a, d) of cell q(a, d) for
 * phases a of cell 0, it reads cell q + q(a, d) for those of cell q, and
 *
 * <pre>Y_oa(q) = sum_(i, r) sum_(d: r(a, d) = r) K_oid X_ir(q + q(a, d)).</pre>
 *
 * <p>Signals on the torus are sums of waves {@code c e^(i w.q)}, w one of its frequencies. These
 * are orthogonal and of one length, and as many as there are cells; so the sum of the {@code
 * |c|^2}, over waves, channels and phases, is the signal's norm but for a factor. A wave becomes
 * the same wave, with {@code c_oa = sum_ir K(w)_oa,ir c_ir},
 *
 * <pre>K(w)_oa,ir = sum_(d: r(a, d) = r) K_oid e^(i w.q(a, d)).</pre>
 *
 * <p>So the norm on the torus is the largest of the norms of K(w). The entries are real multiples
 * of {@code e^(i w.q)}: {@code K(-w)} is the conjugate of {@code K(w)}, and has its norm. Channels
 * of different groups read different channels: the norm is the largest of the groups'.
 *
 * <p><b>Radii.</b> {@code e^(i w.q)} is a product of two roots of unity, whose parts are within
 * 2^-49. As a complex number of absolute value 1 each is off by less than {@code 2^-48.5}, so their
 * product by less than 2^-47.4, and rounding adds less than 2^-52 to each part: together that is
 * below 2^-47. A sum of terms {@code K_d e^(i w.q)}, of at most n taps, is then off by at most
 * {@code (2^-47 + (n + 2) 2^-52)} of the sum of the {@code |K_d|}.
 */
final class Symbol {

  /** The elements of a vector of one channel, and which of its columns they are. */
  private record Column(int phase, double real, double imaginary) {}

  private final Convolution map;
  private final double[] kernel;
  private final Circle down;
  private final Circle right;

  /** The phases that have columns. */
  private final List<Integer> rowPhases;

  private final List<Integer> columnPhases;

  private Symbol(
      Convolution map,
      double[] kernel,
      Circle down,
      Circle right,
      List<Integer> rowPhases,
      List<Integer> columnPhases) {
    this.map = map;
    this.kernel = kernel;
    this.down = down;
    this.right = right;
    this.rowPhases = rowPhases;
    this.columnPhases = columnPhases;
  }

  /** With a column for each phase that occurs: all others would be zero. */
  static Symbol ofTaps(Convolution map, double[] kernel, Circle down, Circle right) {
    return new Symbol(map, kernel, down, right, down.phases(), right.phases());
  }

  /** With a column for each phase. */
  static Symbol ofAll(Convolution map, double[] kernel, Circle down, Circle right) {
    List<Integer> rows = IntStream.range(0, down.inner()).boxed().toList();
    List<Integer> columns = IntStream.range(0, right.inner()).boxed().toList();
    return new Symbol(map, kernel, down, right, rows, columns);
  }

  /** The number of rows of each group. */
  int rows() {
    return map.channels() / map.groups() * down.outer() * right.outer();
  }

  int groups() {
    return map.groups();
  }

  /** The number of columns of each group. */
  long columns() {
    return (long) map.read() * phases();
  }

  private int phases() {
    return rowPhases.size() * columnPhases.size();
  }

  /** About how many products a matrix of one group takes. */
  long work() {
    return 8L * rows() * (map.read() + 4L) * map.window().area() + rows() * columns();
  }

  /** K(w) for one group alone. */
  ComplexMatrix matrix(int group, int j, int k) {
    ComplexMatrix matrix = new ComplexMatrix(rows(), (int) columns());
    fill(matrix, group, 0, 0, columns(j, k));
    return matrix;
  }

  /** K(w) for all groups, which stand on the diagonal. */
  ComplexMatrix whole(int j, int k) {
    int columns = (int) columns();
    ComplexMatrix matrix = new ComplexMatrix(rows() * map.groups(), columns * map.groups());
    Column[][] taps = columns(j, k);
    for (int group = 0; group < map.groups(); group++) {
      fill(matrix, group, group * rows(), group * columns, taps);
    }
    return matrix;
  }

  /** For each pair of phases of the output, what each element of the window reads. */
  private Column[][] columns(int j, int k) {
    int width = map.window().horizontal().kernel();
    Column[][] columns = new Column[down.outer() * right.outer()][map.window().area()];
    for (int a = 0; a < columns.length; a++) {
      for (int d = 0; d < columns[a].length; d++) {
        int p = a / right.outer();
        int q = a % right.outer();
        double[] x = down.wave(j, p, d / width);
        double[] y = right.wave(k, q, d % width);
        int row = rowPhases.indexOf(down.phase(p, d / width));
        int column = columnPhases.indexOf(right.phase(q, d % width));
        columns[a][d] =
            new Column(
                row * columnPhases.size() + column,
                x[0] * y[0] - x[1] * y[1],
                x[0] * y[1] + x[1] * y[0]);
      }
    }
    return columns;
  }

  private void fill(ComplexMatrix matrix, int group, int row, int column, Column[][] taps) {
    int channels = map.channels() / map.groups();
    for (int o = 0; o < channels; o++) {
      for (int a = 0; a < taps.length; a++) {
        int at = row + o * taps.length + a;
        for (int i = 0; i < map.read(); i++) {
          int from = ((group * channels + o) * map.read() + i) * map.window().area();
          add(matrix, at, column + i * phases(), from, taps[a]);
        }
        matrix.enlarge(at);
      }
    }
  }

  /** Adds what one channel is read by; {@code from} is the place of its first factor. */
  private void add(ComplexMatrix matrix, int row, int column, int from, Column[] taps) {
    double unit = 0x1p-47 + (taps.length + 2) * 0x1p-52;
    for (int d = 0; d < taps.length; d++) {
      double factor = kernel[from + d];
      int at = column + taps[d].phase();
      matrix.real[row][at] += factor * taps[d].real();
      matrix.imaginary[row][at] += factor * taps[d].imaginary();
      double size = Math.abs(factor);
      matrix.radius[row][at] += unit * size + ComplexMatrix.underflow(size);
    }
  }
}
