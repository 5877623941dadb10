package io.lipc.runtime.radius;

import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import java.util.List;
import java.util.Optional;

/**
 * A certified Lipschitz bound L of a network for the inputs of a box: {@code |f(x) - f(x')| <= L |x
 * - x'|} for all x and x' in it, where f is the exact real function that the weights define.
 *
 * @param value L, rounded up; not above the bound for all inputs
 * @param norms the norms of inputs and of outputs, which are those of the bound for all inputs
 * @param box the inputs that it is about
 * @param method what L rests on
 * @param slopes numbers L_ji, rounded up, by output j and input i, none above the bound for all
 *     inputs: {@code |f_j(x) - f_j(x')| <= sum_i L_ji |x_i - x'_i|} for all x and x' in the box. An
 *     input that does not move in the box has slopes 0
 * @param certificate of {@code value}, as {@code lipc verify} reads it, with all that it is about;
 *     empty where the value is the bound for all inputs
 */
public record LocalBound(
    double value,
    Norms norms,
    Unit.Box box,
    Method method,
    List<List<Double>> slopes,
    Optional<Subject> certificate) {

  /** The proof that a bound on a box rests on. */
  public enum Method {
    /** Ranges of the network's derivatives on the box, or on parts of it. */
    ROWS,

    /** A matrix inequality, with the multipliers of the bound for all inputs. */
    MATRIX,

    /**
     * The bound for all inputs: derivatives give none that is smaller, there was no time for them,
     * or they are not known, as of networks with pools or softmax.
     */
    EVERYWHERE
  }

  /** Copies the lists. */
  public LocalBound {
    slopes = slopes.stream().map(List::copyOf).toList();
  }

  /**
   * How far an output moves at most where inputs move by different distances, each in its own unit.
   *
   * @param output its number, from 0
   * @param distances by which each input moves at most, within the box
   * @return {@code sum_i L_ji distances_i}, rounded up
   * @throws IllegalArgumentException if there is not one distance for each input, or one is
   *     negative or NaN
   */
  public double reach(int output, double... distances) {
    List<Double> row = slopes.get(output);
    if (distances.length != row.size()) {
      throw new IllegalArgumentException(
          distances.length + " distances, expected " + row.size() + ": one for each input");
    }
    double sum = 0;
    for (int i = 0; i < distances.length; i++) {
      if (!(distances[i] >= 0)) {
        throw new IllegalArgumentException(
            "distances[%d] is %s, expected 0 or more".formatted(i, distances[i]));
      }
      if (row.get(i) > 0 && distances[i] > 0) {
        sum = Math.nextUp(sum + Math.nextUp(row.get(i) * distances[i]));
      }
    }
    return sum;
  }
}
