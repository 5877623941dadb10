package io.lipc.certificate.search;

import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.frequency.ComplexMatrix;
import io.lipc.certificate.frequency.TorusHead;
import io.lipc.certificate.frequency.TorusNetwork;
import io.lipc.certificate.frequency.Waves;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The signals of a network of images at the frequencies of a torus, for a search for multipliers:
 * in doubles, with the coordinates that the checker uses.
 */
public final class TorusMatrices {

  private final TorusNetwork network;
  private final Optional<TorusHead> head;

  private final Work work;

  private TorusMatrices(TorusNetwork network, Optional<TorusHead> head, Work work) {
    this.work = work;
    this.network = network;
    this.head = head;
  }

  /**
   * The matrices of the first units of a network.
   *
   * @param head the number of the linear unit that reads them, where not all are on the torus
   * @param cropped the units that have multipliers of their own to be zero outside of their grids
   * @param look is run every few milliseconds; what it throws is thrown
   * @return empty if the checker takes no such proof: the torus is too small, or has too many
   *     frequencies, or the units have too many coordinates or no meaning there
   */
  public static Optional<TorusMatrices> of(
      List<Unit> units,
      Optional<Integer> head,
      Weights weights,
      Torus torus,
      Set<Integer> cropped,
      Runnable look) {
    look.run();
    try {
      int end = head.orElse(units.size());
      TorusNetwork network = TorusNetwork.of(units, end, weights, torus, cropped);
      Work work = new Work(look);
      weights.tensors().values().forEach(work::allow);
      Optional<TorusHead> rows =
          head.map(number -> network.head((Unit.Linear) units.get(number), work));
      return Optional.of(new TorusMatrices(network, rows, work));
    } catch (IllegalArgumentException | ArithmeticException notTaken) {
      return Optional.empty();
    }
  }

  /**
   * A signal that starts coordinates of its own, w, and is bounded through another, z.
   *
   * @param place the unit, and its constraint
   * @param read the number of z among the signals
   * @param from the first coordinate of w
   * @param rows how many coordinates w is
   * @param multipliers how many the checker takes: as many as channels, or one
   * @param lower the least slope; 0 where a gain bounds w
   * @param upper the largest slope, or the gain
   */
  public record Bounded(
      Constrained place,
      int read,
      int from,
      int rows,
      int multipliers,
      double lower,
      double upper) {}

  /** The bounded signals, in the order of coordinates. */
  public List<Bounded> bounded() {
    return network.bounded().stream()
        .map(
            signal ->
                new Bounded(
                    signal.place(),
                    signal.read(),
                    signal.from(),
                    network.rowsFrom(signal),
                    signal.channels() / signal.shares(),
                    signal.slopes().lower(),
                    signal.slopes().upper()))
        .toList();
  }

  /**
   * A complex matrix: what a signal is of the coordinates from some one on.
   *
   * @param from the first of these
   */
  public record Rows(int from, double[][] real, double[][] imaginary) {

    private static Rows of(Waves waves) {
      ComplexMatrix matrix = waves.matrix();
      double[][] real = new double[matrix.rows()][matrix.columns()];
      double[][] imaginary = new double[matrix.rows()][matrix.columns()];
      for (int i = 0; i < real.length; i++) {
        for (int j = 0; j < real[i].length; j++) {
          real[i][j] = matrix.real(i, j);
          imaginary[i][j] = matrix.imaginary(i, j);
        }
      }
      return new Rows(waves.from(), real, imaginary);
    }
  }

  /**
   * The signals at one frequency; the last one is the head, or the output where there is none.
   *
   * @param wave which of {@link #waves}
   */
  public List<Rows> at(int wave) {
    int j = wave / network.across();
    int k = wave % network.across();
    List<Waves> signals = network.at(j, k, work);
    var rows = signals.stream().map(Rows::of);
    return head.isEmpty()
        ? rows.toList()
        : Stream.concat(rows, Stream.of(Rows.of(head.get().at(signals, j, k, work)))).toList();
  }

  /** How many frequencies there are, without some that are opposite to others. */
  public int waves() {
    return network.half() * network.across();
  }

  /** The share that a frequency and what it stands for have of all. */
  public double share(int wave) {
    return (double) network.weight(wave / network.across()) / network.frequencies();
  }

  /** The number of coordinates at each frequency. */
  public int coordinates() {
    return network.coordinates();
  }

  /** How many of them, the first ones, are the input's. */
  public int inputs() {
    return network.inputs();
  }

  /** The rows of the head; 0 where there is none. */
  public int headRows() {
    return head.map(TorusHead::size).orElse(0);
  }
}
