package io.lipc.runtime.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class PixelShapeTest {

  @Test
  void tilesCoverARowWithFewPixelsTwice() {
    assertThat(PixelShape.pixels(28, 8)).isEqualTo(7);
    assertThat(PixelShape.pixels(32, 8)).isEqualTo(8);
    assertThat(PixelShape.pixels(14, 8)).isEqualTo(7);
    assertThat(PixelShape.pixels(10, 8)).isEqualTo(5);
    assertThat(PixelShape.pixels(28, 4)).isEqualTo(4);
    assertThat(PixelShape.pixels(3, 8)).isEqualTo(3);
    assertThat(PixelShape.pixels(1, 8)).isEqualTo(1);
  }

  @Test
  void theTemplateItselfIsOfNoUse() {
    assertThatExceptionOfType(ExceptionInInitializerError.class)
        .isThrownBy(() -> Class.forName("io.lipc.runtime.vector.PixelTiles"));
  }
}
