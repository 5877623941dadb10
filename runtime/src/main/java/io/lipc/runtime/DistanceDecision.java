package io.lipc.runtime;

import io.lipc.certificate.Claim;
import io.lipc.runtime.layout.Floats;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The decision whether an input is near a reference, for a network whose outputs are an embedding:
 * whether the distance of the embedding to the reference is at most a threshold. Each decision
 * comes with a certified radius, within which no input is decided otherwise. Verification,
 * retrieval and anomaly scores decide like this.
 *
 * <p>Distances of embeddings are measured in the output norm of {@link
 * LipschitzNetwork#radiusClaim()}, l2 or linf; radii in its distance of inputs.
 *
 * <p>Let f be the exact network with bound L, y(x) the embedding that the program computes, and e a
 * bound of |y(x) - f(x)| on the declared box, in the output norm: {@code sqrt(n) E} in l2 and E in
 * linf, where n is the number of outputs and no output is off by more than E. {@code |y(x) - y(x')|
 * <= L |x - x'| + 2e}, so the distance to the reference moves by no more. Where it differs from the
 * threshold by m, the decision at x' is that at x while {@code |x - x'| <= (m - 2e) / L}. Where
 * that is positive, f itself decides so at x and at x', too. The comparison with the threshold is
 * exact, and every operation of the radius rounds towards the smaller one. Both x and x' have to
 * lie in the box, where e holds.
 *
 * <p>Thread-safe, where the network is: generated classes are.
 *
 * @param <A> the arrays that the network reads: {@code float[]} in F32, {@code double[]} in F64
 */
public final class DistanceDecision<A> {

  private final Function<A, double[]> embedding;
  private final Predicate<A> inBox;
  private final double[] reference;
  private final double threshold;
  private final Claim.Lipschitz claim;
  private final double error;

  private DistanceDecision(
      LipschitzNetwork network,
      Function<A, double[]> embedding,
      Predicate<A> inBox,
      double[] reference,
      double threshold) {
    this.claim = network.radiusClaim().bound();
    this.embedding = embedding;
    this.inBox = inBox;
    this.reference = checked(reference, network);
    this.threshold = checked(threshold);
    double one = CertifiedNetwork.maxError(network);
    this.error =
        claim.ofEachOutput()
            ? one
            : Math.nextUp(Math.nextUp(Math.sqrt(network.outputSize())) * one);
  }

  /**
   * The decision for an input.
   *
   * @param within whether the embedding is within the threshold of the reference: {@code distance
   *     <= threshold}, always
   * @param distance of the embedding to the reference, rounded up by a few units in the last place;
   *     infinite where an output is not finite; never NaN
   * @param radius a distance by which the input may move in the declared box without another
   *     decision, rounded down; 0 outside of the box, where no box is declared, and where nothing
   *     is certain; never NaN
   */
  public record Decision(boolean within, double distance, double radius) {}

  /**
   * Decides by the distance to an embedding.
   *
   * @param network whose outputs are the embedding
   * @param reference an embedding that this network gave, or the mean of some: {@link
   *     LipschitzNetwork#outputSize()} finite numbers
   * @param threshold the largest distance that is within, finite and not negative
   * @throws IllegalArgumentException if the reference or the threshold is not such
   * @throws IllegalStateException if the network claims no Lipschitz bound
   */
  public static DistanceDecision<float[]> of(
      FloatNetwork network, float[] reference, double threshold) {
    return new DistanceDecision<>(
        network,
        input -> embedding(network, input),
        network::contains,
        Floats.toDoubles(reference),
        threshold);
  }

  /** The same for a network in doubles; see {@link #of(FloatNetwork, float[], double)}. */
  public static DistanceDecision<double[]> of(
      DoubleNetwork network, double[] reference, double threshold) {
    return new DistanceDecision<>(
        network,
        input -> embedding(network, input),
        network::contains,
        reference.clone(),
        threshold);
  }

  /**
   * Decides by the distance to the embedding of an input; see {@link #of(FloatNetwork, float[],
   * double)}.
   *
   * @param input {@link LipschitzNetwork#inputSize()} elements, such as the enrolled image of a
   *     person; the reference is what the network gives for it now
   */
  public static DistanceDecision<float[]> ofInput(
      FloatNetwork network, float[] input, double threshold) {
    return of(network, Floats.of(embedding(network, input)), threshold);
  }

  /** The same for a network in doubles; see {@link #ofInput(FloatNetwork, float[], double)}. */
  public static DistanceDecision<double[]> ofInput(
      DoubleNetwork network, double[] input, double threshold) {
    return of(network, embedding(network, input), threshold);
  }

  private static double[] embedding(FloatNetwork network, float[] input) {
    float[] output = new float[network.outputSize()];
    network.apply(input, output);
    return Floats.toDoubles(output);
  }

  private static double[] embedding(DoubleNetwork network, double[] input) {
    double[] output = new double[network.outputSize()];
    network.apply(input, output);
    return output;
  }

  private static double[] checked(double[] reference, LipschitzNetwork network) {
    if (reference.length != network.outputSize()) {
      throw new IllegalArgumentException(
          ("reference has %d elements, expected %d: an embedding, as %s gives it;"
                  + " `ofInput` takes an input")
              .formatted(reference.length, network.outputSize(), network.certificate().network()));
    }
    for (int i = 0; i < reference.length; i++) {
      if (!Double.isFinite(reference[i])) {
        throw new IllegalArgumentException(
            "reference[%d] is %s, expected a finite number".formatted(i, reference[i]));
      }
    }
    return reference;
  }

  private static double checked(double threshold) {
    if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "threshold " + threshold + ", expected a distance: 0 or more, and finite");
    }
    return threshold + 0.0; // -0.0 becomes 0
  }

  /**
   * Evaluates the network, and decides.
   *
   * @param input {@link LipschitzNetwork#inputSize()} elements
   * @throws IllegalArgumentException if it has another length
   */
  public Decision decide(A input) {
    boolean inside = inBox.test(input);
    double[] found = embedding.apply(input);
    for (double element : found) {
      if (!Double.isFinite(element)) {
        return new Decision(false, Double.POSITIVE_INFINITY, 0);
      }
    }
    Decision decision = claim.ofEachOutput() ? inLinf(found) : inL2(found);
    return inside ? decision : new Decision(decision.within, decision.distance, 0);
  }

  private Decision inLinf(double[] found) {
    double low = 0;
    double high = 0;
    for (int i = 0; i < found.length; i++) {
      double apart = Math.abs(found[i] - reference[i]);
      low = Math.max(low, Math.nextDown(apart));
      high = Math.max(high, up(apart));
    }
    return decision(found, low, high);
  }

  private Decision inL2(double[] found) {
    double low = 0;
    double high = 0;
    for (int i = 0; i < found.length; i++) {
      double apart = Math.abs(found[i] - reference[i]);
      // Below 0 only next to it, and its square is 0.
      double least = Math.nextDown(apart);
      double most = up(apart);
      low = Math.max(low, Math.nextDown(low + Math.nextDown(least * least)));
      // Squares may underflow.
      high = most == 0 ? high : Math.nextUp(high + Math.nextUp(most * most));
    }
    return decision(found, Math.nextDown(Math.sqrt(low)), up(Math.sqrt(high)));
  }

  /** A difference or a root rounded up; the difference of two doubles is 0 only if they are one. */
  private static double up(double value) {
    return value == 0 ? 0 : Math.nextUp(value);
  }

  /** The decision for a distance that is from {@code low} to {@code high}. */
  private Decision decision(double[] found, double low, double high) {
    boolean within = high <= threshold || (low <= threshold && isWithin(found));
    double distance = within ? Math.min(high, threshold) : high;
    double margin = Math.nextDown(within ? threshold - distance : low - threshold);
    double radius = CertifiedRadius.radius(margin, 2 * error, claim.bound());
    return new Decision(within, distance, radius);
  }

  /** Without any rounding. */
  private boolean isWithin(double[] found) {
    BigDecimal most = new BigDecimal(threshold);
    BigDecimal squares = BigDecimal.ZERO;
    for (int i = 0; i < found.length; i++) {
      BigDecimal apart = new BigDecimal(found[i]).subtract(new BigDecimal(reference[i])).abs();
      if (apart.compareTo(most) > 0) {
        return false;
      }
      squares = squares.add(apart.multiply(apart));
    }
    return claim.ofEachOutput() || squares.compareTo(most.multiply(most)) <= 0;
  }
}
