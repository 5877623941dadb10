package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a torus proves, the inequality of the grid itself has to be: of all its neurons, with the
 * multiplier of a channel for each of its pixels. Random networks, of every unit that a torus
 * knows, with random multipliers.
 */
class TorusInequalityTest {

  private static Decision onTorus(RandomImages net, double bound) {
    net.network().bound = bound;
    Subject subject = net.network().subject();
    Proof proof = subject.certificate().proof();
    try {
      return TorusInequality.decide(
          subject, 0, (AllFrequencies) proof.witness(), new Work(() -> {}));
    } catch (Rejection rejection) {
      throw new AssertionError(rejection.verdict() + " of " + net.network().units, rejection);
    }
  }

  /** The least bound that a torus proves, to 1 %; empty where the multipliers prove none. */
  private static Optional<Double> least(RandomImages net) {
    double high = 1e6;
    if (onTorus(net, high) != Decision.POSITIVE) {
      return Optional.empty();
    }
    double low = 1e-9;
    while (high > low * 1.01) {
      double middle = Math.sqrt(low * high);
      boolean proved = onTorus(net, middle) == Decision.POSITIVE;
      high = proved ? middle : high;
      low = proved ? low : middle;
    }
    return Optional.of(high);
  }

  @Test
  void theGridIsAtLeastTheTorus() {
    int proved = 0;
    int near = 0;
    for (int seed = 0; seed < 400; seed++) {
      RandomImages net = RandomImages.of(new Random(seed));
      Optional<Double> least = least(net);
      if (least.isPresent()) {
        proved++;
        double bound = least.get() * (1 + 1e-6);
        assertThat(OnGrid.isProved(net.network(), bound)).as(seed + ": " + net).isTrue();
        near += OnGrid.isProved(net.network(), bound * 0.5) ? 0 : 1;
      }
    }
    assertThat(proved).isGreaterThan(80);
    // And the torus is not far above the grid.
    assertThat(near).isGreaterThan(proved * 2 / 3);
  }

  /** What is too small for one of the signals is refused, along either axis. */
  @Test
  void oneCellLess() {
    int refused = 0;
    for (int seed = 0; seed < 200; seed++) {
      RandomImages net = RandomImages.of(new Random(seed));
      AllFrequencies witness = (AllFrequencies) net.network().witness;
      for (int axis = 0; axis < 2; axis++) {
        List<Integer> cells = new ArrayList<>(witness.torus().cells());
        cells.set(axis, net.least().get(axis) - 1);
        net.network().witness =
            new AllFrequencies(new Torus(cells, witness.torus().twist()), witness.head());
        boolean rejected = false;
        try {
          onTorus(net, 1e6);
        } catch (AssertionError error) {
          rejected = error.getCause() instanceof Rejection;
        }
        assertThat(rejected).as(seed + ": " + net).isTrue();
        refused++;
      }
      net.network().witness = witness;
    }
    assertThat(refused).isEqualTo(400);
  }
}
