package io.lipc.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EscapeTest {

  @Test
  void labelsStayInTheLettersOfTheirLanguage() {
    assertThat(Escape.visible("gr\u00fcn \u7d05 \u043a\u043e\u0442"))
        .isEqualTo("gr\u00fcn \u7d05 \u043a\u043e\u0442");
    assertThat(Escape.visible("\u115f\u1160\uffa0\ufe0f\u20dd\u2003"))
        .isEqualTo("\\u{115f}\\u{1160}\\u{ffa0}\\u{fe0f}\\u{20dd}\\u{2003}");
  }
}
