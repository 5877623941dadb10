package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.runtime.vector.VectorTransposition;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageLayoutTest {

  private final SplittableRandom random = new SplittableRandom(6);

  @Test
  void channelsOfAPixelStandSideBySideWithZerosAroundTheGrid() {
    ImageLayout layout = new ImageLayout(new Grid(2, 2, 3), 1, 0, 0, 1);
    float[] image = layout.allocate();
    layout.enter(new float[] {1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6}, image);
    assertThat(image)
        .containsExactly(
            0, 0, 0, 0, 0, 0, 0, 0, //
            1, -1, 2, -2, 3, -3, 0, 0, //
            4, -4, 5, -5, 6, -6, 0, 0);
  }

  @Test
  void whatEntersLeavesAgain() {
    for (int channels = 1; channels <= 20; channels++) {
      for (int width = 1; width <= 20; width++) {
        Grid grid = new Grid(channels, 3, width);
        ImageLayout layout = new ImageLayout(grid, 2, 1, 0, 3);
        float[] flat = Images.numbers(random, channels * grid.pixels());
        float[] image = layout.allocate();
        layout.enter(flat, image);
        assertThat(image[layout.first() + channels - 1])
            .isEqualTo(flat[(channels - 1) * grid.pixels()]);
        float[] left = new float[flat.length];
        layout.leave(image, left);
        assertThat(left).containsExactly(flat);
      }
    }
  }

  /** On machines without such vectors, this is what the test above runs. */
  @Test
  void vectorsTransposeAsLoopsDo() {
    for (int height = 8; height <= 20; height++) {
      for (int width = 8; width <= 20; width++) {
        float[] source = Images.numbers(random, 3 + height * (width + 2));
        float[] expected = new float[4 + width * (height + 1)];
        float[] found = expected.clone();
        Transposed.transpose(source, 3, width + 2, expected, 4, height + 1, height, width);
        VectorTransposition.transpose(source, 3, width + 2, found, 4, height + 1, height, width);
        assertThat(found).containsExactly(expected);
        assertThat(found[4 + height + 2]).isEqualTo(source[3 + width + 3]);
      }
    }
  }

  @Test
  void aConvolutionReadsTheZerosOfItsWindow() {
    Window window = new Window(new Axis(3, 1, 1, 2, 1), new Axis(5, 2, 3, 4, 1));
    Grid grid = new Grid(7, 8, 9);
    assertThat(ImageLayout.of(grid, window)).isEqualTo(new ImageLayout(grid, 1, 3, 2, 4));
    assertThat(ImageLayout.of(grid, window).size()).isEqualTo(11 * 16 * 7);
    assertThat(ImageLayout.of(grid).size()).isEqualTo(504);
  }

  @Test
  void anImageThatNoArrayHoldsIsRefused() {
    Grid grid = new Grid(100, 10, 10);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new ImageLayout(grid, 1 << 24, 0, 0, 0));
  }
}
