package io.lipc.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.checker.Verdict;
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
