package io.lipc.certificate.frequency;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The linear unit behind the images of a torus, whose rows read single pixels. Row m reads {@code
 * W(w)_m c} from the wave {@code c e^(i w.q)} of a signal, with {@code W(w)_m,ir = sum_p W_mip e^(i
 * w.q(p))} over the pixels p of channel i and phases r, q(p) the cell of p.
 */
public final class TorusHead {

  /** The pixels that a row reads from one signal: their factors, by column and by cell. */
  private record Taps(int[] columns, int[] down, int[] right, double[] factors) {}

  private final int size;
  private final int[] read;

  /** For each operand, for each row. */
  private final List<List<Taps>> taps = new ArrayList<>();

  private final TorusNetwork network;
  private final Circle down;
  private final Circle right;

  TorusHead(
      TorusNetwork network,
      Unit.Linear unit,
      Weights weights,
      Circle down,
      Circle right,
      Work work) {
    this.network = network;
    this.down = down;
    this.right = right;
    this.size = unit.size();
    this.read = unit.operands().stream().mapToInt(network::signalOf).toArray();
    List<Integer> sizes = new ArrayList<>();
    for (int signal : read) {
      sizes.add(network.grid(signal).elements());
    }
    work.spend((long) unit.map().taps() * size * read.length);
    var rows = unit.map().rows(sizes, weights);
    int from = 0;
    for (int operand = 0; operand < read.length; operand++) {
      List<Taps> ofRows = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        LinearMap.Row row = rows.apply(i);
        // What a row reads is kept for all frequencies: it takes as much memory as many words.
        work.spend(64L * row.places().length);
        ofRows.add(taps(row, read[operand], from));
      }
      taps.add(ofRows);
      from += sizes.get(operand);
    }
  }

  /** Those of a row that lie in the signal whose first element is number {@code from}. */
  private Taps taps(LinearMap.Row row, int signal, int from) {
    Grid grid = network.grid(signal);
    int height = network.cell(signal).getFirst();
    int width = network.cell(signal).getLast();
    int[] kept =
        IntStream.range(0, row.places().length)
            .filter(k -> row.places()[k] >= from && row.places()[k] < from + grid.elements())
            .toArray();
    Taps taps =
        new Taps(
            new int[kept.length],
            new int[kept.length],
            new int[kept.length],
            new double[kept.length]);
    for (int k = 0; k < kept.length; k++) {
      int element = row.places()[kept[k]] - from;
      int y = element % grid.pixels() / grid.width();
      int x = element % grid.width();
      int channel = element / grid.pixels();
      taps.columns[k] = (channel * height + y % height) * width + x % width;
      taps.down[k] = y / height;
      taps.right[k] = x / width;
      taps.factors[k] = row.factors()[kept[k]];
    }
    return taps;
  }

  /** The number of its rows. */
  public int size() {
    return size;
  }

  /** About how many products its matrix takes at one frequency. */
  long work() {
    long elements = 0;
    for (int operand = 0; operand < read.length; operand++) {
      elements += taps.get(operand).stream().mapToLong(t -> t.columns.length).sum();
      elements += (long) size * network.rows(read[operand]) * network.coordinates();
    }
    return 8 * elements;
  }

  /** The rows of the head over the coordinates, at the frequency of these signals. */
  public Waves at(List<Waves> signals, int j, int k, Work work) {
    List<Waves> parts = new ArrayList<>();
    for (int operand = 0; operand < read.length; operand++) {
      Waves signal = signals.get(read[operand]);
      ComplexMatrix rows = matrix(taps.get(operand), signal.matrix().rows(), j, k);
      parts.add(new Waves(signal.from(), rows.times(signal.matrix(), work::look)));
    }
    return Waves.together(parts, ComplexMatrix::sum);
  }

  /** W(w); the radii are those of {@link Symbol}. */
  private ComplexMatrix matrix(List<Taps> rows, int columns, int j, int k) {
    ComplexMatrix matrix = new ComplexMatrix(size, columns);
    double[][] first = waves(down, j);
    double[][] second = waves(right, k);
    for (int i = 0; i < size; i++) {
      Taps row = rows.get(i);
      double unit = 0x1p-47 + (row.columns.length + 2) * 0x1p-52;
      for (int t = 0; t < row.columns.length; t++) {
        double[] x = first[row.down[t]];
        double[] y = second[row.right[t]];
        double factor = row.factors[t];
        int at = row.columns[t];
        matrix.real[i][at] += factor * (x[0] * y[0] - x[1] * y[1]);
        matrix.imaginary[i][at] += factor * (x[0] * y[1] + x[1] * y[0]);
        double size = Math.abs(factor);
        matrix.radius[i][at] += unit * size + ComplexMatrix.underflow(size);
      }
      matrix.enlarge(i);
    }
    return matrix;
  }

  private static double[][] waves(Circle circle, int j) {
    double[][] waves = new double[circle.cells()][];
    for (int q = 0; q < waves.length; q++) {
      waves[q] = circle.wave(j, q);
    }
    return waves;
  }
}
