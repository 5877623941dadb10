package io.lipc.certificate;

import io.lipc.formats.Norm;
import io.lipc.queries.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The statement of a certificate about a network, in real arithmetic. Each case has its own
 * numbers; a claim of one kind can never be read as one of another, because what a reader needs is
 * asked for by a method that every case answers.
 */
public sealed interface Claim {

  /** Which kind of claim it is, and so what its certificates and their files are called. */
  ClaimKind kind();

  /**
   * The Lipschitz bound for all inputs, if that is what is claimed: all that callers of a network,
   * radii and budgets may use.
   */
  Optional<Lipschitz> global();

  /** A claim about derivatives on a box, which rests on their ranges there and on nothing else. */
  sealed interface OfDerivatives extends Claim {

    /** Where the inputs are; within the declared intervals, if there are any. */
    Unit.Box box();

    /** Empty: inputs outside of the box are not part of the claim. */
    @Override
    default Optional<Lipschitz> global() {
      return Optional.empty();
    }
  }

  /** A claim that rests on proofs in numbers about the certificate's units. */
  sealed interface OfUnits extends Claim {

    /**
     * The inequality of those proofs: a Lipschitz bound of the function that the units define,
     * which need not be the network's.
     */
    Lipschitz inequality();

    /**
     * How differences of inputs are measured, where they have a scale of their own: the inequality
     * is about the function behind that scale then. Empty for plain differences.
     */
    Optional<InputScale> measured();

    /** The number that radii by signs rest on, where the claim has it; see {@link Pairs}. */
    default OptionalDouble delta() {
      return OptionalDouble.empty();
    }
  }

  /**
   * The Lipschitz claim {@code |f(x) - f(x')| <= bound |x - x'|} for all inputs x and x'.
   *
   * @param norms of the differences of inputs and of outputs
   * @param bound the factor that is claimed, exactly this double; not negative, where it is true
   * @param declared the bound that the declaration asked for, not below the claimed one
   */
  record Lipschitz(Norms norms, double bound, double declared) implements OfUnits {

    /** The bound that was declared is the one that is claimed. */
    public Lipschitz(Norms norms, double bound) {
      this(norms, bound, bound);
    }

    /** Whether differences of inputs are measured in linf, by the element that moves most. */
    public boolean fromLargest() {
      return norms.input() == Norm.LINF;
    }

    /** Whether differences of outputs are measured in linf: a claim about each of its elements. */
    public boolean ofEachOutput() {
      return norms.output() == Norm.LINF;
    }

    @Override
    public ClaimKind kind() {
      return ClaimKind.LIPSCHITZ;
    }

    @Override
    public Optional<Lipschitz> global() {
      return Optional.of(this);
    }

    @Override
    public Lipschitz inequality() {
      return this;
    }

    @Override
    public Optional<InputScale> measured() {
      return Optional.empty();
    }
  }

  /**
   * A Lipschitz bound of the difference of each two outputs i and j of a network f. The units are
   * those of f and five more, which give {@code s_p (f_i - f_j)} for each pair p; what is proved of
   * them is the bound 1 to linf. So {@code f_i - f_j} is {@code 1 / s_p}-Lipschitz.
   *
   * @param input the norm of the differences of inputs
   * @param measured the scale of these differences, where they have one: the bounds are in the
   *     distance of a scaled bound then, and say nothing of plain differences
   * @param delta in (0, 1), where it is given: each pair has a second proof then, whose matrix
   *     without its output is larger than {@code delta I}, on which radii by signs rest
   */
  record Pairs(Norm input, Optional<InputScale> measured, OptionalDouble delta) implements OfUnits {

    /** Bounds of pairs for plain differences of inputs. */
    public Pairs(Norm input) {
      this(input, Optional.empty());
    }

    /** Bounds of pairs without what radii by signs rest on. */
    public Pairs(Norm input, Optional<InputScale> measured) {
      this(input, measured, OptionalDouble.empty());
    }

    @Override
    public ClaimKind kind() {
      return ClaimKind.PAIRS;
    }

    @Override
    public Optional<Lipschitz> global() {
      return Optional.empty();
    }

    @Override
    public Lipschitz inequality() {
      return new Lipschitz(new Norms(input, Norm.LINF), 1);
    }
  }

  /**
   * A Lipschitz bound for all inputs, whose differences are measured in a scale of their own.
   *
   * @param bound the bound, with the norms of that scale's numbers and of the outputs
   * @param scale how differences of inputs are measured
   */
  record Scaled(Lipschitz bound, InputScale scale) implements OfUnits {

    @Override
    public ClaimKind kind() {
      return ClaimKind.SCALED;
    }

    /** A bound in another scale is none of the plain differences. */
    @Override
    public Optional<Lipschitz> global() {
      return Optional.empty();
    }

    /** The bound of the function behind the scale, which reads the scale's numbers. */
    @Override
    public Lipschitz inequality() {
      return bound;
    }

    @Override
    public Optional<InputScale> measured() {
      return Optional.of(scale);
    }
  }

  /**
   * A Lipschitz bound for inputs of a box: {@code |f(x) - f(x')| <= bound |x - x'|} for all x and
   * x' of that box, ends included, and for no others.
   *
   * @param bound the bound, with its norms
   * @param box where both inputs are; within the declared intervals, if there are any
   */
  record Local(Lipschitz bound, Unit.Box box) implements OfUnits {

    @Override
    public ClaimKind kind() {
      return ClaimKind.LOCAL;
    }

    /** A bound on a box says nothing of other inputs. */
    @Override
    public Optional<Lipschitz> global() {
      return Optional.empty();
    }

    @Override
    public Lipschitz inequality() {
      return bound;
    }

    @Override
    public Optional<InputScale> measured() {
      return Optional.empty();
    }
  }

  /**
   * Every output is within {@code [lower, upper]}, for every input of the declared box.
   *
   * @param lower finite, where the claim is true
   * @param upper finite, not below {@code lower}, where it is true
   */
  record Range(double lower, double upper) implements Claim {

    @Override
    public ClaimKind kind() {
      return ClaimKind.RANGE;
    }

    @Override
    public Optional<Lipschitz> global() {
      return Optional.empty();
    }
  }

  /**
   * No input makes the formula of a query true. Where the bounds of the query's inputs end, the
   * claim ends: the formula itself says which inputs it is about.
   *
   * @param query about the network alone, as a function of real numbers
   */
  record Unsatisfiable(Query query) implements Claim {

    @Override
    public ClaimKind kind() {
      return ClaimKind.QUERY;
    }

    @Override
    public Optional<Lipschitz> global() {
      return Optional.empty();
    }
  }

  /**
   * Outputs that do not fall, or do not rise, where an element of the input rises and all others
   * stay, for inputs of a box.
   *
   * @param trends at least one
   * @param box where the inputs are; within the declared intervals, if there are any
   */
  record Monotone(List<Trend> trends, Unit.Box box) implements OfDerivatives {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Monotone {
      trends = List.copyOf(trends);
      if (trends.isEmpty()) {
        throw new IllegalArgumentException("monotone in nothing");
      }
    }

    @Override
    public ClaimKind kind() {
      return ClaimKind.MONOTONE;
    }
  }

  /**
   * For each of these inputs i and outputs j: {@code f_j(x) <= f_j(x')} if it is rising, {@code
   * f_j(x) >= f_j(x')} if not, for all x and x' of the box with {@code x_i <= x'_i} that agree in
   * all other elements.
   *
   * @param rising whether the outputs do not fall; else they do not rise
   * @param inputs numbers of elements of the input, at least one, in increasing order
   * @param outputs numbers of elements of the output, at least one, in increasing order
   */
  record Trend(boolean rising, List<Integer> inputs, List<Integer> outputs) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if one is empty, or not in order, or has a negative number
     */
    public Trend {
      inputs = inOrder(inputs);
      outputs = inOrder(outputs);
    }
  }

  /**
   * One bound for each element of the input: {@code |f_j(x) - f_j(x')| <= sum_i slopes_i |x_i -
   * x'_i|} for each of these outputs j, and for all x and x' of the box, ends included.
   *
   * @param slopes by element of the input, each in units of the outputs per unit of that element;
   *     not negative, where the claim is true
   * @param outputs numbers of elements of the output, at least one, in increasing order
   * @param box where both inputs are; within the declared intervals, if there are any
   */
  record Slopes(List<Double> slopes, List<Integer> outputs, Unit.Box box) implements OfDerivatives {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no output, or they are not in order, or have a
     *     negative number
     */
    public Slopes {
      slopes = List.copyOf(slopes);
      outputs = inOrder(outputs);
    }

    @Override
    public ClaimKind kind() {
      return ClaimKind.SLOPES;
    }
  }

  private static List<Integer> inOrder(List<Integer> numbers) {
    boolean ordered = !numbers.isEmpty() && numbers.getFirst() >= 0;
    for (int k = 1; k < numbers.size(); k++) {
      ordered &= numbers.get(k - 1) < numbers.get(k);
    }
    if (!ordered) {
      throw new IllegalArgumentException("elements that are not in order");
    }
    return List.copyOf(numbers);
  }
}
