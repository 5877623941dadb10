package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NormTest {

  @Test
  void theWordsOfTheLanguage() {
    assertThat(Norm.values()).extracting(Norm::word).containsExactly("l2", "linf");
  }
}
