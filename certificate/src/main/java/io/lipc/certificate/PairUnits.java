package io.lipc.certificate;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * The units that a certificate of pairs is about: those of a network f, and five that give {@code
 * s_p (f_i - f_j)} for each pair p of its outputs, {@code i < j}: the first outputs of all pairs,
 * the second ones, these times -1, the sum, and the factors {@code s_p > 0}.
 */
public final class PairUnits {

  /** So many outputs have 2016 pairs, each with a proof of its own. */
  public static final int MAX_OUTPUTS = 64;

  /** How many units differences have behind those of the network. */
  static final int ADDED = 5;

  private PairUnits() {}

  /** The number of pairs of so many outputs. */
  public static int count(int outputs) {
    return outputs * (outputs - 1) / 2;
  }

  /**
   * The number of the pair of two outputs.
   *
   * @param i the number of an output
   * @param j the number of another
   */
  public static int number(int i, int j, int outputs) {
    int low = Math.min(i, j);
    return low * (2 * outputs - low - 1) / 2 + Math.max(i, j) - low - 1;
  }

  /**
   * The units of a network and those of its pairs.
   *
   * @param network the units of the network
   * @param scales a factor for each pair (0, 1), (0, 2), ..., (1, 2), ... of its outputs
   * @throws Rejection if the network has less than two outputs, or more than {@link #MAX_OUTPUTS},
   *     or if there is not one factor for each pair
   */
  public static List<Unit> of(List<Unit> network, List<Double> scales) {
    int outputs = network.getLast().size();
    boolean paired = outputs >= 2 && outputs <= MAX_OUTPUTS && scales.size() == count(outputs);
    Rejection.unless(paired, Reason.WRONG_SHAPE, scales.size() + " pairs of " + outputs);
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      for (int j = i + 1; j < outputs; j++) {
        first.add(i);
        second.add(j);
      }
    }
    return differences(network, first, second, scales);
  }

  /** The units of a network, and those of the differences of some of its outputs, times factors. */
  static List<Unit> differences(
      List<Unit> network, List<Integer> first, List<Integer> second, List<Double> scales) {
    int last = network.size() - 1;
    int pairs = scales.size();
    List<Unit> units = new ArrayList<>(network);
    units.add(Unit.select(last, first));
    units.add(Unit.select(last, second));
    units.add(Unit.scale(last + 2, -1, pairs));
    units.add(Unit.sum(List.of(last + 1, last + 3), pairs));
    units.add(Unit.affine(last + 4, scales, scales.stream().map(_ -> 0.0).toList(), pairs));
    return List.copyOf(units);
  }

  /**
   * The units of the network of which these are the pairs.
   *
   * @throws Rejection if the last five are not those of pairs
   */
  public static List<Unit> network(List<Unit> units) {
    Rejection.unless(units.size() > ADDED, Reason.MALFORMED, "no network before its pairs");
    List<Unit> network = units.subList(0, units.size() - ADDED);
    boolean paired = of(network, scales(units.getLast())).equals(units);
    Rejection.unless(paired, Reason.MALFORMED, "the last units are not those of pairs");
    return network;
  }

  /**
   * The factor of each pair.
   *
   * @param last the last of such units
   * @throws Rejection if there are none, or one is not positive and finite
   */
  public static List<Double> scales(Unit last) {
    if (last instanceof Unit.Linear(_, Diagonal(List<Double> scale, _), _)) {
      boolean positive = scale.stream().allMatch(factor -> factor > 0 && Double.isFinite(factor));
      Rejection.unless(positive, Reason.MALFORMED, "a factor of a pair is not positive");
      return scale;
    }
    throw new Rejection(Reason.MALFORMED, "the last unit has no factors of pairs");
  }
}
