package io.lipc.certificate.margin;

import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The claims of a network on which its radii and tubes rest, and the distance that these are
 * measured in: that of a scaled bound where there is one, else that of the network's bound. Bounds
 * of pairs in this distance are used where there are any.
 */
public final class RadiusClaim {

  private final Claim.Lipschitz bound;
  private final Optional<PairBounds> pairs;
  private final Optional<InputScale> scale;
  private final Subject network;

  private RadiusClaim(
      Claim.Lipschitz bound,
      Optional<PairBounds> pairs,
      Optional<InputScale> scale,
      Subject network) {
    this.bound = bound;
    this.pairs = pairs;
    this.scale = scale;
    this.network = network;
  }

  /**
   * The claims that radii of a network rest on.
   *
   * @param network with everything that it is about
   * @param further its certificates of other claims, each accepted and about that network
   */
  public static RadiusClaim of(Subject network, List<Subject> further) {
    for (Subject other : further) {
      if (other.certificate().claim() instanceof Claim.Scaled scaled) {
        Optional<PairBounds> pairs = PairBounds.among(network, further, scaled);
        return new RadiusClaim(scaled.bound(), pairs, scaled.measured(), network);
      }
    }
    Optional<PairBounds> pairs = PairBounds.among(network, further);
    return new RadiusClaim(network.certificate().lipschitz(), pairs, Optional.empty(), network);
  }

  /** The bound in this distance: of the scaled one, or of the network's own. */
  public Claim.Lipschitz bound() {
    return bound;
  }

  /** Bounds of the differences of each two outputs in this distance, if there are any. */
  public Optional<PairBounds> pairs() {
    return pairs;
  }

  /**
   * The distance in words: {@code l2 distance}, or one {@code in} the {@link #units()} of its
   * scale, such as {@code l2 distance in standard deviations (`z.running_var`)} or {@code linf
   * distance in units of 0.5, 2.0}.
   */
  public String distance() {
    return (bound.fromLargest() ? "linf" : "l2")
        + " distance"
        + units().map(words -> " in " + words).orElse("");
  }

  /**
   * The units of this distance in words; empty for a plain distance, which is in the units of the
   * inputs. There are four:
   *
   * <ul>
   *   <li>{@code standard deviations (`z.running_var`)}, where the scale is that of a {@code
   *       batch_norm} z that divides each element by its standard deviation, whose square that
   *       tensor has;
   *   <li>{@code inputs times 16.0}, where the scale is that of a layer {@code scale(16)};
   *   <li>{@code outputs of the first layer}, where it is that of any other layer;
   *   <li>{@code units of `x.unit` (0.5, 2.0)}, where it has a unit for each element: the first
   *       six, with the name of the tensor that holds them, if there is one.
   * </ul>
   */
  public Optional<String> units() {
    return scale.map(measured -> ScaleWords.of(measured, network));
  }

  /** Whether no element of an input moves farther than the input, as this distance measures it. */
  public boolean boundsElements() {
    return scale.isEmpty();
  }

  /**
   * The distance of two inputs, rounded up.
   *
   * @param x one input
   * @param other another of as many elements
   * @return at least their distance; NaN only if an element is
   * @throws IllegalArgumentException if one has another number of elements than the network reads
   */
  public double distance(double[] x, double[] other) {
    int size = network.certificate().inputSize();
    if (x.length != size || other.length != size) {
      throw new IllegalArgumentException(
          "inputs of %d and %d elements, of a network that reads %d"
              .formatted(x.length, other.length, size));
    }
    double[] moved = new double[size];
    for (int i = 0; i < size; i++) {
      moved[i] = up(Math.abs(x[i] - other[i]));
    }
    return norm(scale.map(measured -> scaled(measured, moved)).orElse(moved));
  }

  private double[] scaled(InputScale measured, double[] moved) {
    return switch (measured) {
      case InputScale.FirstLayer _ -> behindFirst(moved);
      case InputScale.Units(List<Double> lengths, _) -> {
        double[] all = new double[moved.length];
        for (int i = 0; i < all.length; i++) {
          all[i] = moved[i] == 0 ? 0 : Math.nextUp(moved[i] / lengths.get(i));
        }
        yield all;
      }
    };
  }

  /** Each row by the magnitudes of its terms. */
  private double[] behindFirst(double[] moved) {
    Unit.Linear first = (Unit.Linear) network.certificate().units().get(1);
    IntFunction<LinearMap.Row> rows = first.map().rows(List.of(moved.length), network.weights());
    double[] all = new double[first.size()];
    for (int i = 0; i < all.length; i++) {
      LinearMap.Row row = rows.apply(i);
      for (int k = 0; k < row.places().length; k++) {
        all[i] = up(all[i] + times(Math.abs(row.factors()[k]), moved[row.places()[k]]));
      }
    }
    return all;
  }

  private double norm(double[] moved) {
    double sum = 0;
    for (double move : moved) {
      sum = bound.norms().input() == Norm.LINF ? Math.max(sum, move) : up(sum + times(move, move));
    }
    return bound.norms().input() == Norm.LINF ? sum : up(Math.sqrt(sum));
  }

  /** A sum, difference or root, rounded up: it is 0 only where nothing has moved. */
  private static double up(double value) {
    return value == 0 ? 0 : Math.nextUp(value);
  }

  /** A product rounded up, which may underflow. */
  private static double times(double a, double b) {
    return a == 0 || b == 0 ? 0 : Math.nextUp(a * b);
  }
}
