package io.lipc.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.FloatNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DigitsTest {

  @Test
  void both_declarations_are_one_network() {
    DigitsNetwork java = DigitsNetwork.load();
    DigitsTextNetwork text = DigitsTextNetwork.load();
    assertThat(text.certificate().units()).isEqualTo(java.certificate().units());
    assertThat(text.certificate().tensors()).isEqualTo(java.certificate().tensors());
    assertThat(text.lipschitzBound()).isEqualTo(java.lipschitzBound());
    float[] first = new float[10];
    float[] second = new float[10];
    for (Images.Image image : Images.heldOut()) {
      java.apply(image.pixels(), first);
      text.apply(image.pixels(), second);
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void the_certificate_is_accepted_again() {
    DigitsNetwork network = DigitsNetwork.load();
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
    assertThat(network.lipschitzBound()).isLessThanOrEqualTo(1);
  }

  @Test
  void the_trained_network_runs_under_the_certificate_that_its_weights_carried() {
    DigitsLdltNetwork network = DigitsLdltNetwork.load();
    assertThat(network.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(network.certificate().method()).isEqualTo("given-multipliers");
    assertThat(network.certificate().network()).isEqualTo("io.lipc.examples.digits.DigitsLdlt");
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted());
    assertThat(network.lipschitzBound()).isLessThanOrEqualTo(1);
  }

  @Test
  void both_networks_are_scored_on_the_images_that_neither_was_trained_on() {
    List<Images.Image> images = Images.heldOut();
    assertThat(images).hasSize(599);
    DigitsNetwork given = DigitsNetwork.load();
    DigitsLdltNetwork ldlt = DigitsLdltNetwork.load();
    Score givenScore = Score.of(given, given::certifiedRadius, images);
    Score ldltScore = Score.of(ldlt, ldlt::certifiedRadius, images);
    assertThat(givenScore.accuracy()).isGreaterThan(0.98);
    assertThat(ldltScore.accuracy()).isGreaterThan(0.98);
    assertThat(ldltScore.certified().getFirst()).isGreaterThan(0.96);
    assertThat(ldltScore.certified().getLast())
        .isGreaterThan(0.64)
        .isLessThan(ldltScore.certified().getFirst());
    assertThat(byOneBound(ldlt, images)).isGreaterThan(byOneBound(given, images));
    assertThat(givenScore.certified().getLast()).isGreaterThan(byOneBound(given, images));
    assertThat(ldltScore.certified().getLast()).isGreaterThan(byOneBound(ldlt, images));
  }

  /** The share of images that are certified at the largest distance without bounds of pairs. */
  private static double byOneBound(FloatNetwork network, List<Images.Image> images) {
    double maxError = RoundingBound.maxError(network.subject()).orElseThrow();
    return Score.of(
            network,
            (_, logits) -> CertifiedRadius.of(logits, network.lipschitzBound(), maxError),
            images)
        .certified()
        .getLast();
  }

  @Test
  void the_radius_is_that_of_the_logits_inside_of_the_box_and_0_outside() {
    DigitsNetwork network = DigitsNetwork.load();
    double maxError = RoundingBound.maxError(network.subject()).orElseThrow();
    float[] logits = new float[10];
    for (Images.Image image : Images.heldOut()) {
      network.apply(image.pixels(), logits);
      assertThat(network.contains(image.pixels())).isTrue();
      assertThat(network.certifiedRadius(image.pixels(), logits))
          .isGreaterThanOrEqualTo(
              CertifiedRadius.of(logits, network.pairBounds().orElseThrow(), maxError))
          .isGreaterThanOrEqualTo(CertifiedRadius.of(logits, network.lipschitzBound(), maxError));
      float[] outside = image.pixels().clone();
      outside[20] = Math.nextUp(1f);
      network.apply(outside, logits);
      assertThat(network.contains(outside)).isFalse();
      assertThat(network.certifiedRadius(outside, logits)).isZero();
    }
  }

  /**
   * The computed function has steps, which are wide where inputs are large: some inputs of up to
   * 1e6 have a neighbour of another class well within the radius that their logits alone suggest.
   */
  @Test
  void far_outside_of_the_box_neighbours_of_another_class_are_not_denied() {
    DigitsNetwork network = DigitsNetwork.load();
    double maxError = RoundingBound.maxError(network.subject()).orElseThrow();
    SplittableRandom random = new SplittableRandom(15);
    double most = 0;
    for (int pair = 0; pair < 1000; pair++) {
      float[] x = far(random);
      float[] end = far(random);
      if (digit(network, x) != digit(network, end)) {
        float[] neighbour = neighbourOfAnotherDigit(network, x, end);
        float[] logits = logits(network, x);
        double distance = 0;
        for (int k = 0; k < x.length; k++) {
          distance = Math.hypot(distance, (double) x[k] - neighbour[k]);
        }
        assertThat(distance).isPositive();
        double suggested = CertifiedRadius.of(logits, network.lipschitzBound(), maxError);
        most = Math.max(most, suggested / distance);
        assertThat(network.contains(x)).isFalse();
        assertThat(network.certifiedRadius(x, logits)).isZero();
      }
    }
    assertThat(most).isGreaterThan(100);
  }

  private static float[] far(SplittableRandom random) {
    float[] x = new float[64];
    for (int k = 0; k < x.length; k++) {
      x[k] = (float) StrictMath.pow(10, random.nextDouble(-2, 6));
    }
    return x;
  }

  private static float[] logits(DigitsNetwork network, float[] x) {
    float[] logits = new float[10];
    network.apply(x, logits);
    return logits;
  }

  private static int digit(DigitsNetwork network, float[] x) {
    return Score.argMax(logits(network, x));
  }

  /** Moves {@code x} towards {@code end} until the next step would change its class; that step. */
  private static float[] neighbourOfAnotherDigit(DigitsNetwork network, float[] x, float[] end) {
    int digit = digit(network, x);
    float[] other = end.clone();
    for (boolean moves = true; moves; ) {
      float[] middle = new float[64];
      for (int k = 0; k < middle.length; k++) {
        middle[k] = x[k] / 2 + other[k] / 2;
      }
      moves = !Arrays.equals(middle, x) && !Arrays.equals(middle, other);
      boolean same = digit(network, middle) == digit;
      System.arraycopy(middle, 0, same ? x : other, 0, middle.length);
    }
    for (int k = 0; k < x.length; k++) {
      float[] step = x.clone();
      step[k] = other[k];
      if (digit(network, step) != digit) {
        return step;
      }
      x[k] = step[k];
    }
    return other;
  }

  @Test
  void an_image_counts_if_its_digit_is_found_and_the_radius_is_reached() {
    DigitsNetwork network = DigitsNetwork.load();
    Images.Image image = Images.heldOut().getFirst();
    Images.Image mislabelled = new Images.Image(image.pixels(), (image.digit() + 1) % 10);
    List<Images.Image> images = List.of(image, mislabelled, image, mislabelled);
    assertThat(Score.of(network, (_, _) -> 0.25, images))
        .isEqualTo(new Score(0.5, List.of(0.5, 0.5, 0.0), 0.25));
  }

  @Test
  void no_compiler_is_on_the_run_time_class_path_of_the_network() {
    String path = System.getProperty("digits.runtime.classpath");
    assertThat(path)
        .contains("lipc-runtime", "lipc-certificate", "lipc-queries", "lipc-formats")
        .doesNotContain("antlr", "javapoet", "certifier", "kernels", "processor", "model");
  }

  @Test
  void a_caller_with_wrong_arrays_is_told_both_lengths() {
    DigitsNetwork network = DigitsNetwork.load();
    assertThatThrownBy(() -> network.apply(new float[63], new float[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("63")
        .hasMessageContaining("64");
  }
}
