package io.lipc.certificate.frequency;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.positivity.Ball;
import io.lipc.formats.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a convolution does to the waves of a torus, one matrix K(w) for each frequency w and group.
 *
 * <p>A pixel k of an axis is number {@code k mod s} of cell {@code floor(k / s)}: these numbers are
 * the phases. Let {@code X_ir(p)} be the pixel of channel i and phases r of cell p. Where the
 * window at cell 0 reads cell q(d) by its element d, it reads cell p + q(d) at cell p, and
 *
 * <pre>Y_o(p) = sum_(i, r) sum_(d of phases r) K_oid X_ir(p + q(d)).</pre>
 *
 * <p>Signals on the torus are sums of waves {@code c e^(i w.p)}, w one of its frequencies. These
 * are orthogonal and of one length, and as many as there are cells; so the sum of the {@code
 * |c|^2}, over waves, channels and phases, is the signal's norm but for a factor. A wave becomes
 * the same wave, with {@code c_o = sum_ir K(w)_o,ir c_ir},
 *
 * <pre>K(w)_o,ir = sum_(d of phases r) K_oid e^(i w.q(d)).</pre>
 *
 * <p>So the norm on the torus is the largest of the norms of K(w). The entries are real multiples
 * of {@code e^(i w.q)}: {@code K(-w)} is the conjugate of {@code K(w)}, and has its norm. Channels
 * of different groups read different channels: the norm is the largest of the groups'.
 */
final class Symbol {

  private final Circle down;
  private final Circle right;
  private final double[] kernel;
  private final int rows;
  private final int read;

  /** The phases that occur: all other columns are zero. */
  private final List<Integer> rowPhases;

  private final List<Integer> columnPhases;

  /** For each element of the window, which of the pairs of phases it has. */
  private final int[] pair;

  Symbol(Convolution map, Tensor weight, Circle down, Circle right) {
    this.down = down;
    this.right = right;
    this.kernel = weight.values();
    this.rows = map.channels() / map.groups();
    this.read = map.read();
    this.rowPhases = down.phases();
    this.columnPhases = right.phases();
    int width = map.window().horizontal().kernel();
    this.pair =
        IntStream.range(0, map.window().area())
            .map(d -> pair(down.phase(d / width), right.phase(d % width)))
            .toArray();
  }

  private int pair(int rowPhase, int columnPhase) {
    int row = Collections.binarySearch(rowPhases, rowPhase);
    return row * columnPhases.size() + Collections.binarySearch(columnPhases, columnPhase);
  }

  /** The number of rows of each K(w). */
  int rows() {
    return rows;
  }

  /** The number of columns of each K(w). */
  long columns() {
    return (long) read * pairs();
  }

  private int pairs() {
    return rowPhases.size() * columnPhases.size();
  }

  /** About how many products each {@link Gram} takes, with the matrix that is made of it. */
  long work() {
    long smaller = Math.min(rows, columns());
    long larger = Math.max(rows, columns());
    return 8L * rows * read * pair.length + smaller * smaller * (larger + 64) + 8L * pair.length;
  }

  /** The Gram matrix of the rows of one K(w), or of its columns if these are fewer. */
  Gram gram(int group, int j, int k) {
    int columns = read * pairs();
    boolean wide = rows <= columns;
    Gram.Vectors vectors = new Gram.Vectors(Math.min(rows, columns), Math.max(rows, columns));
    Complex[] waves = waves(j, k);
    for (int o = 0; o < rows; o++) {
      for (int i = 0; i < read; i++) {
        Complex[] entries = entries(((group * rows + o) * read + i) * pair.length, waves);
        for (int r = 0; r < entries.length; r++) {
          int column = i * entries.length + r;
          vectors.put(wide ? o : column, wide ? column : o, entries[r]);
        }
      }
    }
    return vectors.gram();
  }

  /** {@code e^(i w.q(d))} for each element d of the window. */
  private Complex[] waves(int j, int k) {
    List<Complex> across = right.waves(k);
    return down.waves(j).stream()
        .flatMap(one -> across.stream().map(one::times))
        .toArray(Complex[]::new);
  }

  /** Those of one channel, for all phases; {@code from} is the place of its first factor. */
  private Complex[] entries(int from, Complex[] waves) {
    Complex[] entries = new Complex[pairs()];
    Arrays.fill(entries, Complex.ZERO);
    for (int d = 0; d < waves.length; d++) {
      Complex term = waves[d].times(Ball.of(kernel[from + d]));
      entries[pair[d]] = entries[pair[d]].plus(term);
    }
    return entries;
  }
}
