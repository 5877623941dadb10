package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConvolutionTrialTest {

  @Test
  void layersOfOneShapeShareATrialWhateverTheirTensorsAreCalled() {
    Convolution map = map(32, "c1.weight");
    ConvolutionTrial trial = ConvolutionTrial.of(map, Images.input(map));
    assertThat(trial(map(32, "c2.weight"))).isSameAs(trial);
    assertThat(trial(map(48, "c1.weight"))).isNotSameAs(trial);
  }

  @Test
  void aLayerPackedByATrialHasTheBitsOfTheOther() {
    Convolution map = map(32, "w");
    SplittableRandom random = new SplittableRandom(4);
    float[] weight = Images.numbers(random, Images.weights(map));
    float[] bias = Images.numbers(random, 32);
    float[] x = Images.numbers(random, Images.inputs(map));
    WindowConvolution windows =
        new WindowConvolution(KernelVariant.SCALAR, map, Images.input(map), weight, bias, true);
    FloatConvolution packed =
        ConvolutionTrial.of(map, Images.input(map)).packed(windows, weight, bias, true);
    assertThat(packed).isInstanceOf(VectorConvolution.class);
    float[] y = new float[Images.outputs(map)];
    packed.apply(x, y);
    assertThat(y).containsExactly(Images.expected(map, weight, bias, true, x));
  }

  @Test
  void tilesOfOtherBitsDoNotAgree() {
    Convolution map = map(32, "w");
    SplittableRandom random = new SplittableRandom(5);
    float[] weight = Images.numbers(random, Images.weights(map));
    float[] bias = Images.numbers(random, 32);
    WindowConvolution windows =
        new WindowConvolution(KernelVariant.SCALAR, map, Images.input(map), weight, bias, false);
    float[] x = Images.numbers(random, Images.inputs(map));
    ConvolutionTrial trial = ConvolutionTrial.of(map, Images.input(map));
    FloatConvolution same = trial.packed(windows, weight, bias, false);
    assertThat(ConvolutionTrial.isAgreed(windows, same, x)).isTrue();
    bias[31] += 0.25f;
    FloatConvolution other = trial.packed(windows, weight, bias, false);
    assertThat(ConvolutionTrial.isAgreed(windows, other, x)).isFalse();
  }

  private static ConvolutionTrial trial(Convolution map) {
    return ConvolutionTrial.of(map, Images.input(map));
  }

  private static Convolution map(int channels, String weight) {
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    return new Convolution(new Grid(3, 6, 6), channels, window, 1, weight, Optional.empty());
  }
}
