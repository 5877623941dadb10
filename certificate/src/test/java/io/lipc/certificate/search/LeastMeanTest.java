package io.lipc.certificate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Means of linear functions over a cube. */
final class LeastMeanTest {

  private static Optional<double[]> negative(double[]... functions) {
    return LeastMean.negative(functions, _ -> {});
  }

  /** The largest value of the mean on the cube. */
  private static double largest(double[][] functions, double[] weights) {
    double[] mean = new double[functions[0].length];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weights[k] * functions[k][i];
      }
    }
    double constant = mean[mean.length - 1];
    return Arrays.stream(mean, 0, mean.length - 1).map(Math::abs).sum() + constant;
  }

  @Test
  void oneFunctionIsItsMean() {
    assertThat(negative(new double[] {1, -1, -2.5})).hasValue(new double[] {1});
    assertThat(negative(new double[] {1, -1, -1.5})).isEmpty();
    assertThat(negative(new double[] {0, 0, 1})).isEmpty();
  }

  /** {@code y >= 1/2} and {@code y <= 1/4}. */
  @Test
  void halvesThatDoNotMeet() {
    double[] weights = negative(new double[] {1, -0.5}, new double[] {-1, 0.25}).orElseThrow();
    assertThat(weights).containsExactly(0.5, 0.5);
    assertThat(negative(new double[] {1, -0.5}, new double[] {-1, 0.5})).isEmpty();
    assertThat(negative(new double[] {1, -0.5}, new double[] {-1, 0.75})).isEmpty();
  }

  /** Functions that have a point where none is negative, or a mean that is -1/10 everywhere. */
  @Test
  void eitherAPointOrAMean() {
    Random random = new Random(7);
    for (int run = 0; run < 3000; run++) {
      int n = random.nextInt(1, 8);
      int count = random.nextInt(1, 12);
      double[][] functions = new double[count][n + 1];
      for (double[] function : functions) {
        Arrays.setAll(function, i -> random.nextInt(4) == 0 ? 0 : random.nextGaussian());
      }
      boolean hasPoint = random.nextBoolean();
      if (hasPoint) {
        letBePositive(functions, random);
      } else {
        letMeanBeNegative(functions, random);
      }
      Optional<double[]> weights = negative(functions);
      assertThat(weights.isPresent()).as("run " + run).isEqualTo(!hasPoint);
      weights.ifPresent(
          found -> {
            assertThat(Arrays.stream(found).sum()).isBetween(1 - 1e-6, 1 + 1e-6);
            assertThat(Arrays.stream(found).min().orElseThrow()).isNotNegative();
            assertThat(largest(functions, found)).isNegative();
          });
    }
  }

  private static void letBePositive(double[][] functions, Random random) {
    int n = functions[0].length - 1;
    double[] point = random.doubles(n, -1, 1).toArray();
    for (double[] function : functions) {
      double value = function[n];
      for (int i = 0; i < n; i++) {
        value += function[i] * point[i];
      }
      function[n] += Math.max(0, 1e-6 - value);
    }
  }

  private static void letMeanBeNegative(double[][] functions, Random random) {
    double[] last = functions[functions.length - 1];
    Arrays.fill(last, 0);
    double total = 1;
    for (int k = 0; k < functions.length - 1; k++) {
      double weight = random.nextDouble();
      total += weight;
      for (int i = 0; i < last.length; i++) {
        last[i] -= weight * functions[k][i];
      }
    }
    last[last.length - 1] -= 0.1 * total;
  }
}
