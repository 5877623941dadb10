package io.lipc.certifier.falsify;

import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.linear.ChannelGroups;
import java.util.ArrayList;
import java.util.List;

/**
 * The kinks around one element of one step, each with what {@code u' J v} gains beyond it. A kink
 * changes J by a matrix of rank 1: so the gain is a product of the change of {@code J v} before the
 * step and that of {@code J' u} behind it, and all of them take one pass forward and one back.
 */
final class Kinks {

  /** A kink that gains less than this share gains a rounding. */
  private static final double LEAST_GAIN = 1e-9;

  private final Program program;
  private final Linearisation at;
  private final Slope slope;
  private final double least;
  private final List<Kink> found = new ArrayList<>();

  /** The changes before and behind each step, once somebody has asked for the kinks. */
  private double[][] tangents = {};

  private double[][] adjoints = {};

  private Kinks(Program program, Linearisation at, Slope slope) {
    this.program = program;
    this.at = at;
    this.slope = slope;
    this.least = LEAST_GAIN * slope.norm;
  }

  /**
   * The kinks around a place, of which half of all places are never asked.
   *
   * @param at the network at the place of {@code slope}
   */
  static Kinks around(Program program, Linearisation at, Slope slope) {
    return new Kinks(program, at, slope);
  }

  /** Those beyond which {@code u' J v} is larger. */
  List<Kink> gainful() {
    if (adjoints.length == 0) {
      tangents = at.tangents(slope.direction);
      adjoints = at.adjoints(program.steps().size() - 1, slope.covector);
      for (int i = 0; i < adjoints.length; i++) {
        add(i, program.steps().get(i));
      }
    }
    return found;
  }

  /** The network at the place. */
  Linearisation at() {
    return at;
  }

  private void add(int i, Program.Step step) {
    int operand = step.operands().length == 0 ? 0 : step.operands()[0];
    switch (step.pass()) {
      case Pass.Elements(PiecewiseLinear function) -> addElements(i, operand, function);
      case Pass.Groups(Grouped function) -> addGroups(i, operand, function, 1);
      case Pass.Pool pool -> addPool(i, operand, pool);
      case Pass.Elements _, Pass.Input _, Pass.Linear _ -> {}
    }
  }

  private void addGroups(int i, int operand, Grouped groups, int pixels) {
    switch (groups) {
      case Grouped.Sort sort -> addSorted(i, operand, sort, pixels);
      case Grouped.Reflection reflection -> addReflected(i, operand, reflection, pixels);
      case Grouped.Apart apart -> addGroups(i, operand, apart.function(), apart.groups().pixels());
      case Grouped.Softmax _, Grouped.LayerNorm _, Grouped.UnitLength _, Grouped.Center _ -> {}
    }
  }

  /** The ends of all pieces. Those that are not next to the value have another one between. */
  private void addElements(int i, int operand, PiecewiseLinear function) {
    double[] z = at.value(operand);
    List<PiecewiseLinear.Piece> pieces = function.pieces();
    for (int k = 0; k < z.length; k++) {
      double slope = function.slope(z[k]);
      for (int p = 1; p < pieces.size(); p++) {
        double value = z[k] - pieces.get(p).from();
        double beyond = pieces.get(value > 0 ? p - 1 : p).slope();
        double gain = (beyond - slope) * tangents[operand][k] * adjoints[i][k];
        if (gain > least) {
          found.add(new Kink(operand, new Kink.Term(k, 1), new Kink.Term(k, 0), value, gain));
        }
      }
    }
  }

  /** Two neighbours in the order of a group change their places. */
  private void addSorted(int i, int operand, Grouped.Sort sort, int pixels) {
    double[] z = at.value(operand);
    double[] tangent = tangents[operand];
    double[] adjoint = sort.apart(z.length, pixels).transposedTimes(z, adjoints[i]);
    ChannelGroups groups = new ChannelGroups(sort.group(), pixels);
    int[] sources = sort.sources(groups.of(z));
    for (int k = 1; k < sources.length; k++) {
      if (k % sort.group() != 0) {
        int larger = groups.place(sources[k - 1]);
        int smaller = groups.place(sources[k]);
        double gain = (adjoint[larger] - adjoint[smaller]) * (tangent[smaller] - tangent[larger]);
        addSwap(operand, larger, smaller, gain);
      }
    }
  }

  private void addReflected(int i, int operand, Grouped.Reflection reflection, int pixels) {
    double[] z = at.value(operand);
    ChannelGroups groups = new ChannelGroups(2, pixels);
    for (int from = 0; from < z.length; from += 2) {
      Kink.Term first = new Kink.Term(groups.place(from), reflection.v0());
      Kink.Term second = new Kink.Term(groups.place(from + 1), reflection.v1());
      double value = along(first, second, z);
      double gain = 2 * along(first, second, tangents[operand]) * along(first, second, adjoints[i]);
      double beyond = value < 0 ? gain : -gain;
      if (beyond > least) {
        found.add(new Kink(operand, first, second, value, beyond));
      }
    }
  }

  private static double along(Kink.Term first, Kink.Term second, double[] vector) {
    return first.factor() * vector[first.place()] + second.factor() * vector[second.place()];
  }

  /** Another element of a window becomes its largest. */
  private void addPool(int i, int operand, Pass.Pool pool) {
    double[] tangent = tangents[operand];
    int[] largest = pool.at(at.value(operand)).places();
    for (int k = 0; k < largest.length; k++) {
      for (int other : pool.places()[k]) {
        if (other != largest[k]) {
          double gain = adjoints[i][k] * (tangent[other] - tangent[largest[k]]);
          addSwap(operand, largest[k], other, gain);
        }
      }
    }
  }

  private void addSwap(int operand, int larger, int smaller, double gain) {
    if (gain > least) {
      double[] z = at.value(operand);
      Kink.Term first = new Kink.Term(larger, 1);
      Kink.Term second = new Kink.Term(smaller, -1);
      found.add(new Kink(operand, first, second, z[larger] - z[smaller], gain));
    }
  }
}
