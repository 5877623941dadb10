package io.lipc.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.verdict.Verdict;
import java.util.List;
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
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted(network.lipschitzBound()));
    assertThat(network.lipschitzBound()).isLessThanOrEqualTo(1);
  }

  @Test
  void the_trained_network_runs_under_the_certificate_that_its_weights_carried() {
    DigitsLdltNetwork network = DigitsLdltNetwork.load();
    assertThat(network.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(network.certificate().method()).isEqualTo("given-multipliers");
    assertThat(network.certificate().network()).isEqualTo("io.lipc.examples.digits.DigitsLdlt");
    assertThat(network.verify()).isEqualTo(new Verdict.Accepted(network.lipschitzBound()));
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
        .isGreaterThan(givenScore.certified().getLast())
        .isLessThan(ldltScore.certified().getFirst());
  }

  @Test
  void an_image_counts_if_its_digit_is_found_and_the_radius_is_reached() {
    DigitsNetwork network = DigitsNetwork.load();
    Images.Image image = Images.heldOut().getFirst();
    Images.Image mislabelled = new Images.Image(image.pixels(), (image.digit() + 1) % 10);
    List<Images.Image> images = List.of(image, mislabelled, image, mislabelled);
    assertThat(Score.of(network, _ -> 0.25, images))
        .isEqualTo(new Score(0.5, List.of(0.5, 0.5, 0.0)));
  }

  @Test
  void no_compiler_is_on_the_run_time_class_path_of_the_network() {
    String path = System.getProperty("digits.runtime.classpath");
    assertThat(path)
        .contains("lipc-runtime", "lipc-certificate", "lipc-formats")
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
