package io.lipc.certifier.lmi;

import io.lipc.certificate.Unit;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.KnownSlopes;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Slopes;
import io.lipc.model.activation.Activation;
import java.util.List;

/**
 * How much of the matrix over all neurons is between the first entry of a row and the diagonal, as
 * far as the connections of the units tell. Elimination and factorisation stay within it: in a
 * chain, a row reaches back to the layer before.
 *
 * @param inputs the size of the input, whose block is kept as a whole matrix
 * @param coordinates the number N of rows
 * @param longest the length of the longest row; that of most, in a chain of equal layers
 * @param products an upper bound of the multiplications of a factorisation
 */
public record Envelope(int inputs, int coordinates, int longest, double products) {

  /** The checker's limit of N times the longest row. */
  private static final long MAX_ENTRIES = 1 << 24;

  /** Here, a minute. */
  private static final double MAX_PRODUCTS = 3e11;

  /** The envelope of a problem, from the sizes and connections of its units alone. */
  public static Envelope of(Problem problem) {
    List<Unit> units = problem.units();
    int[] reach = new int[units.size()];
    int[] sizes = new int[units.size()];
    int coordinates = 0;
    int longest = 0;
    double products = 0;
    for (int i = 0; i < reach.length; i++) {
      int first = coordinates;
      for (int operand : units.get(i).operands()) {
        first = Math.min(first, reach[operand]);
      }
      sizes[i] = Coordinates.of(problem, i);
      int end = Math.addExact(coordinates, sizes[i]);
      int row = sizes[i] > 0 || i == reach.length - 1 ? end - first : 0;
      longest = Math.max(longest, row);
      products += (double) sizes[i] * row * row;
      // What reads a unit whose output is new sees that alone; some pass on what they read.
      boolean fresh = sizes[i] > 0 && !passes(problem, i);
      reach[i] = fresh ? coordinates : first;
      coordinates = end;
    }
    return new Envelope(problem.inputSize(), coordinates, longest, products);
  }

  private static boolean passes(Problem problem, int unit) {
    if (!(problem.units().get(unit) instanceof Unit.Activation activation)) {
      return false;
    }
    boolean through =
        Slopes.activation(activation) instanceof Activation.Grouped grouped && grouped.passesOn();
    return through || problem.slopes(unit).each().stream().anyMatch(KnownSlopes::isFixed);
  }

  /** Whether elimination takes minutes at most, and the checker takes the matrix. */
  public boolean isFeasible() {
    return (long) inputs * inputs <= MAX_ENTRIES
        && (long) coordinates * longest <= MAX_ENTRIES
        && products <= MAX_PRODUCTS;
  }

  /** The reason for messages, as a lower-case clause. */
  public String tooLarge() {
    return (long) inputs * inputs > MAX_ENTRIES
        ? "too large: a matrix of " + inputs + " inputs squared"
        : "too large: " + coordinates + " rows of up to " + longest + " entries";
  }
}
