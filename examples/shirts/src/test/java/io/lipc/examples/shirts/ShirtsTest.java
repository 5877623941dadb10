package io.lipc.examples.shirts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.DoubleNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is known of the networks without the data set. */
final class ShirtsTest {

  @Test
  void the_bound_of_the_given_weights_is_less_than_the_product_of_the_norms() {
    ShirtsNetwork network = ShirtsNetwork.load();
    assertThat(network.certificate().method()).isEqualTo("frequency-layer");
    assertThat(network.lipschitzBound())
        .isLessThanOrEqualTo(network.certificate().lipschitz().declared());
    // The norms of the layers multiply to 1: see train.py.
    assertThat(network.certificate().lipschitz().declared()).isLessThan(1);
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void the_trained_network_runs_under_the_certificate_that_its_weights_carried() {
    ShirtsOrthogonalNetwork network = ShirtsOrthogonalNetwork.load();
    assertThat(network.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(network.certificate().network())
        .isEqualTo("io.lipc.examples.shirts.ShirtsOrthogonal");
    assertThat(network.lipschitzBound()).isLessThanOrEqualTo(1);
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void residual_blocks_are_proved_together_at_all_frequencies() {
    ShirtsResidualNetwork network = ShirtsResidualNetwork.load();
    assertThat(network.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(network.certificate().proof().witness())
        .isInstanceOf(PositivityWitness.AllFrequencies.class);
    assertThat(network.lipschitzBound()).isLessThanOrEqualTo(1);
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void no_network_moves_two_images_further_apart_than_its_bound_says() {
    SplittableRandom random = new SplittableRandom(28);
    for (DoubleNetwork network :
        List.of(
            ShirtsNetwork.load(), ShirtsOrthogonalNetwork.load(), ShirtsResidualNetwork.load())) {
      double most = 0;
      for (int pair = 0; pair < 200; pair++) {
        double[] x = image(random);
        double[] z = neighbour(x, random);
        double moved = distance(apply(network, x), apply(network, z)) / distance(x, z);
        most = Math.max(most, moved);
      }
      assertThat(most).isPositive().isLessThanOrEqualTo(network.lipschitzBound() * (1 + 1e-9));
    }
  }

  @Test
  void an_image_counts_if_its_class_is_found_and_the_radius_is_reached() {
    ShirtsNetwork network = ShirtsNetwork.load();
    int[] counts = new SplittableRandom(7).ints(Images.PIXELS, 0, 256).toArray();
    int found = Score.argMax(apply(network, new Images.Image(counts, 0).pixels()));
    Images.Image right = new Images.Image(counts, found);
    Images.Image wrong = new Images.Image(counts, (found + 1) % 10);
    List<Images.Image> images = List.of(right, wrong, right, wrong);
    assertThat(Score.of(network, (_, _) -> 0.3, images))
        .isEqualTo(new Score(0.5, List.of(0.5, 0.5, 0.0, 0.0)));
  }

  @Test
  void a_radius_is_the_margin_over_the_bound_and_0_outside_of_the_box() {
    ShirtsNetwork network = ShirtsNetwork.load();
    double[] x = image(new SplittableRandom(3));
    double[] logits = apply(network, x);
    int winner = Score.argMax(logits);
    PairBounds pairs = network.pairBounds().orElseThrow();
    double least = Double.POSITIVE_INFINITY;
    double lead = Double.POSITIVE_INFINITY;
    for (int j = 0; j < 10; j++) {
      if (j != winner) {
        lead = Math.min(lead, logits[winner] - logits[j]);
        least = Math.min(least, (logits[winner] - logits[j]) / pairs.of(winner, j));
      }
    }
    assertThat(network.certifiedRadius(x, logits))
        .isGreaterThan(lead / (Math.sqrt(2) * network.lipschitzBound()))
        .isLessThanOrEqualTo(least);
    x[100] = Math.nextUp(1.0);
    assertThat(network.certifiedRadius(x, apply(network, x))).isZero();
  }

  private static double[] image(SplittableRandom random) {
    return random.doubles(Images.PIXELS).toArray();
  }

  /** An image near to this one, all of whose pixels are in [0, 1] as well. */
  private static double[] neighbour(double[] x, SplittableRandom random) {
    return Arrays.stream(x).map(pixel -> 0.9 * pixel + 0.1 * random.nextDouble()).toArray();
  }

  private static double[] apply(DoubleNetwork network, double[] x) {
    double[] logits = new double[network.outputSize()];
    network.apply(x, logits);
    return logits;
  }

  private static double distance(double[] x, double[] z) {
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      square += (x[i] - z[i]) * (x[i] - z[i]);
    }
    return Math.sqrt(square);
  }
}
