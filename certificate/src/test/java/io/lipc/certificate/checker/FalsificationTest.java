package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Congruences;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.formats.Norm;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

/**
 * Whatever the proof: at the least bound that the checker accepts, no sampled pair of inputs is
 * taken further apart than the bound allows. {@code -Dlipc.falsify.tries=N} sets another number of
 * random proofs.
 */
final class FalsificationTest {

  private static final int TRIES = Integer.getInteger("lipc.falsify.tries", 1000);
  private static final double LARGEST = 0x1p14;

  private final Random random = new Random(11);

  @Test
  void acceptedBoundsAreNeverExceeded() {
    int accepted = 0;
    int reached = 0;
    for (int round = 0; round < TRIES; round++) {
      NetworkUnderTest net = RandomProofs.next(random);
      int procedure = random.nextInt(3);
      DoublePredicate accepts = bound -> accepts(net, bound, procedure);
      if (accepts.test(LARGEST)) {
        double bound = leastAccepted(net, accepts);
        net.bound = bound;
        double ratio = largestRatio(UnitEvaluator.of(net.subject()), net.units.getFirst().size());
        assertThat(ratio).as("round %s: %s", round, net.units).isLessThanOrEqualTo(bound + 1e-6);
        accepted++;
        reached += ratio > 0.9 * bound ? 1 : 0;
      }
    }
    // Enough proofs hold, and enough of those bounds are attained, for the test to mean something.
    assertThat(accepted).isGreaterThan(TRIES / 4);
    assertThat(reached).isGreaterThan(TRIES / 20);
  }

  /** From linf to linf and to l2, without a matrix: for all units but centred ones. */
  @Test
  void elementwiseProductsAreNeverExceeded() {
    int accepted = 0;
    int reached = 0;
    for (int round = 0; round < TRIES; round++) {
      NetworkUnderTest net = RandomProofs.next(random);
      net.gains.clear();
      net.multipliers.clear();
      net.segmentations.clear();
      net.witness = new PositivityWitness.ElementwiseProduct();
      boolean toLargest = random.nextBoolean();
      net.norms = new Norms(Norm.LINF, toLargest ? Norm.LINF : Norm.L2);
      DoublePredicate accepts =
          bound -> {
            net.bound = bound;
            return CertificateChecker.check(net.subject()) instanceof Accepted;
          };
      if (accepts.test(LARGEST)) {
        double bound = bisected(LARGEST, accepts);
        UnitEvaluator network = UnitEvaluator.of(net.subject());
        int size = net.units.getFirst().size();
        double largest = 0;
        for (int pair = 0; pair < 100; pair++) {
          double[] x = moved(new double[size], 2);
          double step = Math.scalb(1.0, -random.nextInt(8));
          double[] other =
              Arrays.stream(x).map(v -> v + (random.nextBoolean() ? step : -step)).toArray();
          double[] difference = network.apply(x);
          double[] y = network.apply(other);
          Arrays.setAll(difference, i -> difference[i] - y[i]);
          double distance =
              toLargest
                  ? Arrays.stream(difference).map(Math::abs).max().orElseThrow()
                  : distance(difference, new double[difference.length]);
          largest = Math.max(largest, distance / step);
        }
        assertThat(largest).as("round %s: %s", round, net.units).isLessThanOrEqualTo(bound + 1e-6);
        accepted++;
        reached += largest > 0.9 * bound ? 1 : 0;
      }
    }
    assertThat(accepted).isGreaterThan(TRIES / 2);
    assertThat(reached).isGreaterThan(TRIES / 10);
  }

  private static boolean accepts(NetworkUnderTest net, double bound, int procedure) {
    net.bound = bound;
    net.witness =
        switch (procedure) {
          case 0 -> new PositivityWitness.ExactElimination();
          case 1 -> new PositivityWitness.VerifiedCholesky();
          default -> congruence(net);
        };
    return CertificateChecker.check(net.subject()) instanceof Accepted;
  }

  private static PositivityWitness congruence(NetworkUnderTest net) {
    try {
      return Congruences.of(ProofMatrix.main(net.subject(), () -> {}));
    } catch (IllegalArgumentException e) {
      // Nothing to look for: the checker refuses this one by any procedure.
      return new PositivityWitness.ExactElimination();
    }
  }

  /** Over the multipliers too, as one who wants to cheat would choose them. */
  private double leastAccepted(NetworkUnderTest net, DoublePredicate accepts) {
    double bound = bisected(LARGEST, accepts);
    for (int step = 0; step < 30 && bound > 0; step++) {
      List<Proof.Multiplier> before = List.copyOf(net.multipliers);
      RandomProofs.mutate(net, random);
      if (accepts.test(0.97 * bound)) {
        bound = bisected(0.97 * bound, accepts);
      } else {
        Collections.copy(net.multipliers, before);
      }
    }
    return bound;
  }

  /** The least accepted bound, about: the form only grows with the bound. */
  private static double bisected(double accepted, DoublePredicate accepts) {
    double upper = accepted;
    while (upper > 0x1p-10 && accepts.test(upper / 2)) {
      upper /= 2;
    }
    if (upper <= 0x1p-10 && accepts.test(0)) {
      return 0;
    }
    double lower = upper / 2;
    for (int step = 0; step < 8; step++) {
      double middle = (lower + upper) / 2;
      boolean smaller = accepts.test(middle);
      upper = smaller ? middle : upper;
      lower = smaller ? lower : middle;
    }
    return upper;
  }

  /** Over random places, and from the best pair on over directions near its own. */
  private double largestRatio(UnitEvaluator network, int size) {
    double best = 0;
    double[] place = new double[size];
    double[] direction = new double[size];
    for (int round = 0; round < 200; round++) {
      boolean near = round > 60;
      double spread = Math.scalb(1.0, random.nextInt(8) - 5);
      double[] x = moved(near ? place : new double[size], spread * (near ? 0.25 : 4));
      double[] d = moved(near ? direction : new double[size], spread);
      double ratio = ratio(network, x, d);
      if (ratio > best) {
        best = ratio;
        place = x;
        direction = d;
      }
    }
    return best;
  }

  private double[] moved(double[] from, double spread) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] += spread * random.nextGaussian();
    }
    return to;
  }

  private static double ratio(UnitEvaluator network, double[] x, double[] direction) {
    double[] other = x.clone();
    for (int i = 0; i < x.length; i++) {
      other[i] += direction[i];
    }
    return distance(network.apply(x), network.apply(other)) / distance(x, other);
  }

  private static double distance(double[] x, double[] other) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += (x[i] - other[i]) * (x[i] - other[i]);
    }
    return Math.sqrt(squares);
  }
}
