package io.lipc.model;

import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;

/**
 * A property that a declaration asks to be proved of a network, one case for each kind of claim,
 * with the numbers as written. A network has at most one of each kind.
 */
public sealed interface Property {

  /**
   * The place of the property among those that a network declares: the order in which they are
   * written.
   */
  int rank();

  /** The property in words, as in {@code asks for bounds of pairs}. */
  String phrase();

  /** The word that stands after {@code certify}, such as {@code pairs}. */
  String word();

  /** Whether it is asked for beside a Lipschitz bound alone. */
  boolean needsBound();

  /**
   * A Lipschitz bound: {@code |f(x) - f(x')|_out <= bound |x - x'|_in} for all inputs.
   *
   * @param bound the nearest double to the declared decimal; positive and finite, where the
   *     declaration has passed its checks
   * @param inputNorm the norm of the input differences
   * @param outputNorm the norm of the output differences
   */
  record Lipschitz(double bound, Norm inputNorm, Norm outputNorm) implements Property {

    /** Whether {@code bound} is positive and finite. */
    public static boolean isValid(double bound) {
      return bound > 0 && Double.isFinite(bound);
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public String phrase() {
      return "a bound";
    }

    @Override
    public boolean needsBound() {
      return false;
    }

    @Override
    public String word() {
      return "lipschitz";
    }
  }

  /** A property that may be asked for beside a bound of the network itself, or without one. */
  sealed interface Further extends Property {

    /** Whether a proof has to be searched for, so that some of a network's time is kept for it. */
    boolean takesSearch();
  }

  /**
   * A Lipschitz bound whose differences of inputs are measured in a scale of their own.
   *
   * @param bound as a bound of plain differences would be declared
   * @param scale how differences of inputs are measured
   */
  record Scaled(Lipschitz bound, Scale scale) implements Further {

    @Override
    public int rank() {
      return 1;
    }

    @Override
    public String phrase() {
      return "a scaled bound";
    }

    @Override
    public String word() {
      return "scaled";
    }

    @Override
    public boolean takesSearch() {
      return true;
    }

    @Override
    public boolean needsBound() {
      return true;
    }
  }

  /** How the difference of two inputs x and x' is measured. */
  sealed interface Scale {

    /** By the layer {@code name}, which alone reads the input: {@code |z(x) - z(x')|}. */
    record OfLayer(String name) implements Scale {}

    /**
     * In units of the elements: {@code |D^-1 (x - x')|}, D = diag(lengths).
     *
     * @param lengths the nearest doubles to the declared decimals, as written
     */
    record Units(List<Double> lengths) implements Scale {

      /** The longest unit; the shortest is its inverse. So no product leaves the doubles. */
      public static final double LONGEST = 0x1p100;

      public Units {
        lengths = List.copyOf(lengths);
      }

      /** Whether a number is a unit of length. It is not where it is NaN. */
      public static boolean isUnit(double length) {
        return length >= 1 / LONGEST && length <= LONGEST;
      }
    }

    /**
     * In units of the elements that a file of weights holds, exactly as they are stored.
     *
     * @param tensor the name of the tensor in the network's file of weights
     */
    record OfTensor(String tensor) implements Scale {}
  }

  /**
   * A bound of the difference of each two outputs: for outputs i and j a number {@code L_ij} with
   * {@code |(f_i - f_j)(x) - (f_i - f_j)(x')| <= L_ij |x - x'|_in} for all inputs.
   *
   * @param scaled the scaled bound of the same network, where it asks for one: differences of
   *     inputs are measured as that one measures them
   * @param signs whether radii shall look at the signs of what units read: the certificate has what
   *     they rest on then, where that is found
   */
  record Pairs(Optional<Scaled> scaled, boolean signs) implements Further {

    /** Bounds of pairs of a network without a scaled bound. */
    public Pairs() {
      this(Optional.empty(), false);
    }

    /** Bounds of pairs, on which radii rest alone. */
    public Pairs(Optional<Scaled> scaled) {
      this(scaled, false);
    }

    /**
     * The most outputs of a network that asks for bounds of pairs. They have 64 * 63 / 2 = 2016
     * pairs, and each has a proof of its own, with as many multipliers as the network's own: the
     * certificate and the time to find and to check it grow with the square of this number.
     */
    public static final int MOST_OUTPUTS = 64;

    @Override
    public int rank() {
      return 2;
    }

    @Override
    public String phrase() {
      return scaled.isPresent() ? "bounds of pairs in its scale" : "bounds of pairs";
    }

    @Override
    public boolean needsBound() {
      return true;
    }

    @Override
    public String word() {
      return "pairs";
    }

    @Override
    public boolean takesSearch() {
      return true;
    }
  }

  /**
   * A range of all outputs: each of them is within {@code [lower, upper]}, for every input of the
   * declared box.
   *
   * @param lower the nearest double to the declared decimal
   * @param upper the nearest double to the declared decimal; not below {@code lower}, where the
   *     declaration has passed its checks
   */
  record Range(double lower, double upper) implements Further {

    @Override
    public int rank() {
      return 3;
    }

    @Override
    public String phrase() {
      return "a range of its outputs";
    }

    @Override
    public boolean needsBound() {
      return false;
    }

    @Override
    public String word() {
      return "range";
    }

    @Override
    public boolean takesSearch() {
      return false;
    }
  }

  /**
   * A Lipschitz bound for inputs of a region: {@code |f(x) - f(x')|_out <= bound |x - x'|_in} for
   * all x and x' of the region.
   *
   * @param bound as a bound for all inputs would be declared
   * @param region where both inputs are
   */
  record Local(Lipschitz bound, Region region) implements Further {

    /**
     * The most elements behind activations of a network that asks for a local bound: each of them
     * has a multiplier of its own.
     */
    public static final int MOST_ELEMENTS = 4096;

    @Override
    public int rank() {
      return 4;
    }

    @Override
    public String phrase() {
      return "a local bound";
    }

    @Override
    public boolean needsBound() {
      return true;
    }

    @Override
    public String word() {
      return "local";
    }

    @Override
    public boolean takesSearch() {
      return true;
    }
  }

  /**
   * Outputs that do not fall, or do not rise, where an input rises, for inputs of a region.
   *
   * @param trends at least one
   * @param region where the inputs are
   */
  record Monotone(List<Trend> trends, Region region) implements Further {
    public Monotone {
      trends = List.copyOf(trends);
    }

    @Override
    public int rank() {
      return 5;
    }

    @Override
    public String phrase() {
      return "a proof of monotonicity";
    }

    @Override
    public boolean needsBound() {
      return true;
    }

    @Override
    public String word() {
      return "monotone";
    }

    @Override
    public boolean takesSearch() {
      return true;
    }
  }

  /**
   * How outputs go where one element of the input rises and all others stay.
   *
   * @param rising whether they do not fall; else they do not rise
   * @param about which elements it is about, each by itself
   */
  record Trend(boolean rising, About about) {

    /** The word of the language, {@code increasing} or {@code decreasing}. */
    public String word() {
      return rising ? "increasing" : "decreasing";
    }
  }

  /**
   * One bound for each element of the input, for inputs of a region: {@code |f_j(x) - f_j(x')| <=
   * sum_i L_i |x_i - x'_i|} for all x and x' of the region. An element that no slope names may have
   * any L_i: its claim has the least that the proof shows.
   *
   * @param slopes at least one, all about the same outputs j
   * @param region where both inputs are
   */
  record Slopes(List<Slope> slopes, Region region) implements Further {
    public Slopes {
      slopes = List.copyOf(slopes);
    }

    @Override
    public int rank() {
      return 6;
    }

    @Override
    public String phrase() {
      return "a bound for each input";
    }

    @Override
    public boolean needsBound() {
      return true;
    }

    @Override
    public String word() {
      return "slopes";
    }

    @Override
    public boolean takesSearch() {
      return true;
    }
  }

  /**
   * A VNN-LIB query that no input satisfies.
   *
   * @param file as it was declared
   * @param asked what it asks; empty until the file has been read
   */
  record Query(String file, Optional<io.lipc.queries.Query> asked) implements Further {

    /** A query of which the file has not been read. */
    public Query(String file) {
      this(file, Optional.empty());
    }

    @Override
    public int rank() {
      return 7;
    }

    @Override
    public String phrase() {
      return "a proof that no input satisfies a query";
    }

    @Override
    public boolean needsBound() {
      return true;
    }

    @Override
    public String word() {
      return "query";
    }

    @Override
    public boolean takesSearch() {
      return true;
    }
  }

  /**
   * How far outputs move where one element of the input moves by 1 and all others stay.
   *
   * @param bound the nearest double to the declared decimal, in units of the outputs per unit of
   *     the element; finite and not negative, where the declaration has passed its checks
   * @param about which elements it is about, each by itself
   */
  record Slope(double bound, About about) {

    /** Whether {@code bound} is finite and not negative; 0 says that nothing moves. */
    public static boolean isValid(double bound) {
      return bound >= 0 && Double.isFinite(bound);
    }
  }
}
