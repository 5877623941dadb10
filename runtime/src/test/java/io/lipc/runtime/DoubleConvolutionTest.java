package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoubleConvolutionTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void everyShapeGivesTheSumsInTheirOrder() {
    for (int trial = 0; trial < 80; trial++) {
      Convolution map = Images.convolution(random, 1 + trial % 3, 7);
      double[] weight = numbers(Images.weights(map));
      double[] bias = numbers(map.channels());
      double[] x = numbers(Images.inputs(map));
      double[] linear = new double[Images.outputs(map)];
      double[] relu = linear.clone();
      DoubleConvolution.linear(map, weight, bias).apply(x, linear);
      DoubleConvolution.relu(map, weight, bias).apply(x, relu);
      double[] sums =
          IntStream.range(0, linear.length)
              .mapToDouble(at -> sum(map, weight, bias, x, at))
              .toArray();
      assertThat(linear).as("%s", map).containsExactly(sums);
      assertThat(relu)
          .as("%s", map)
          .containsExactly(Arrays.stream(sums).map(sum -> Math.max(sum, 0)).toArray());
    }
  }

  private static double sum(Convolution map, double[] weight, double[] bias, double[] x, int at) {
    int o = at / map.output().pixels();
    int p = at % map.output().pixels() / map.output().width();
    int q = at % map.output().width();
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    double sum = bias[o];
    for (int u = 0; u < down.kernel(); u++) {
      for (int v = 0; v < right.kernel(); v++) {
        for (int i = 0; i < map.read(); i++) {
          int row = p * down.stride() + u * down.dilation() - down.before();
          int column = q * right.stride() + v * right.dilation() - right.before();
          int w = ((o * map.read() + i) * down.kernel() + u) * right.kernel() + v;
          sum = Math.fma(pixel(map, x, map.firstRead(o) + i, row, column), weight[w], sum);
        }
      }
    }
    return sum;
  }

  private static double pixel(Convolution map, double[] x, int c, int row, int column) {
    int height = map.input().height();
    int width = map.input().width();
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? x[(c * height + row) * width + column] : 0;
  }

  /** A few of them not finite, or zeros of both signs. */
  private double[] numbers(int size) {
    double[] special = {-0.0, 0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE};
    double[] numbers = random.doubles(size, -1, 1).toArray();
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextInt(40) == 0 ? special[random.nextInt(special.length)] : numbers[i];
    }
    return numbers;
  }
}
