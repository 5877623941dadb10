package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Torus;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  private static final Axis SAME = new Axis(3, 1, 1, 1, 1);
  private static final Axis STRIDED = new Axis(4, 2, 1, 1, 1);
  private static final Axis APART = new Axis(2, 2, 0, 0, 1);

  @Test
  void sidesAreInPixels() {
    assertThat(text(SAME, SAME, 28, 28, 29, 29, 0.5, 0.5))
        .isEqualTo("grid 28x28 embedded in a torus of 29, twist 1/2");
    assertThat(text(STRIDED, STRIDED, 28, 28, 15, 15, 0, 0))
        .isEqualTo("grid 28x28 embedded in a torus of 30, no twist");
    assertThat(text(SAME, STRIDED, 5, 6, 6, 4, 0.5, 0.5))
        .isEqualTo("grid 5x6 embedded in a torus of 6x8, twist 1/2");
  }

  @Test
  void twistsOfOneAxisAreNamed() {
    assertThat(text(SAME, SAME, 5, 6, 6, 7, 0.5, 0)).endsWith("a torus of 6x7, twist 1/2 down");
    assertThat(text(SAME, SAME, 5, 6, 6, 7, 0, 0.5)).endsWith("a torus of 6x7, twist 1/2 across");
  }

  @Test
  void windowsThatDoNotOverlapNeedNoTorus() {
    assertThat(text(APART, APART, 6, 8, 1, 1, 0, 0))
        .isEqualTo("grid 6x8 in windows that do not overlap");
    assertThat(text(SAME, APART, 6, 8, 7, 1, 0.5, 0))
        .isEqualTo("grid 6x8 embedded in a torus of 7 down, twist 1/2 down");
    assertThat(text(APART, SAME, 6, 8, 1, 9, 0, 0))
        .isEqualTo("grid 6x8 embedded in a torus of 9 across, no twist");
  }

  private static String text(
      Axis vertical,
      Axis horizontal,
      int height,
      int width,
      int down,
      int across,
      double twistDown,
      double twistAcross) {
    Convolution map =
        new Convolution(
            new Grid(2, height, width),
            3,
            new Window(vertical, horizontal),
            1,
            "c.weight",
            Optional.empty());
    Torus torus = new Torus(List.of(down, across), List.of(twistDown, twistAcross));
    return new Embedding(map, torus).toString();
  }
}
