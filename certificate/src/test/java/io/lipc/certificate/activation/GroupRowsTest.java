package io.lipc.certificate.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.activation.SlopeTable.Slopes;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every coefficient of the groups, and every end of a slope, as the proofs have them. */
final class GroupRowsTest {

  private static Group group(String name, int width, Double... constants) {
    return Group.of(ActivationFunction.of(name, List.of(constants)), width);
  }

  private static Slopes slopes(String name, Double... constants) {
    return group(name, 1, constants).slopes();
  }

  private static void assertNumbers(
      Group group, int size, int fresh, int pairs, double lower, double upper, double gain) {
    assertThat(List.of(group.size(), group.fresh(), group.pairs()))
        .containsExactly(size, fresh, pairs);
    assertThat(group.slopes()).isEqualTo(new Slopes(lower, upper));
    assertThat(group.gain()).isEqualTo(gain);
  }

  private static void assertRows(IntFunction<double[]> rows, double[]... expected) {
    double[][] found = IntStream.range(0, expected.length).mapToObj(rows).toArray(double[][]::new);
    for (double[] row : found) {
      for (int k = 0; k < row.length; k++) {
        row[k] += 0.0;
      }
    }
    assertThat(found).isDeepEqualTo(expected);
  }

  private static double[] row(double... coefficients) {
    return coefficients;
  }

  @Test
  void elementwise() {
    Group relu = group("relu", 7);
    assertNumbers(relu, 1, 1, 1, 0, 1, 1);
    assertRows(relu.moves(), row(1));
    assertRows(relu.read(), row(1));
    assertRows(relu.bounded(), row(0, 1));
    assertRows(relu.given(), row(0, 1));
    assertNumbers(group("leaky_relu", 7, 1.0), 1, 0, 0, 1, 1, 1);
    assertNumbers(group("leaky_relu", 7, -3.0), 1, 1, 1, -3, 1, 3);
    assertNumbers(group("leaky_relu", 7, 3.0), 1, 1, 1, 1, 3, 3);
    assertRows(group("leaky_relu", 7, 1.0).given(), row(1));
  }

  @Test
  void pairs() {
    for (Group pair : List.of(group("maxmin", 8), group("group_sort", 8, 2.0))) {
      assertNumbers(pair, 2, 1, 1, -1, 1, 1);
      assertRows(pair.moves(), row(1, -1));
      assertRows(pair.read(), row(1, -1));
      assertRows(pair.bounded(), row(0, 0, 1));
      assertRows(pair.given(), row(0.5, 0.5, 0.5), row(0.5, 0.5, -0.5));
    }
  }

  @Test
  void sorting() {
    Group sort = group("group_sort", 9, 3.0);
    assertNumbers(sort, 3, 2, 3, -1, 1, 1);
    assertRows(sort.moves(), row(1, -1, 0), row(0, 1, -1));
    assertRows(sort.read(), row(1, 0, 0), row(0, 1, 0), row(0, 0, 1));
    double[][] rows = {row(1, 0, 0, 1, 0), row(0, 1, 0, 0, 1), row(0, 0, 1, -1, -1)};
    assertRows(sort.bounded(), rows);
    assertRows(sort.given(), rows);
  }

  @Test
  void reflections() {
    Group reflection = group("householder", 4, 0.5, -0.25);
    assertNumbers(reflection, 2, 1, 1, 0, 1, 1);
    assertRows(reflection.moves(), row(-0.5, 0.25));
    assertRows(reflection.read(), row(-0.5, 0.25));
    assertRows(reflection.bounded(), row(0, 0, 1));
    assertRows(reflection.given(), row(1, 0, 1), row(0, 1, -0.5));
  }

  /** {@code max(1, 2 v'v - 1)}, rounded up. */
  @Test
  void gainsOfReflections() {
    assertThat(group("householder", 2, 1.0, 1.0).gain()).isEqualTo(3);
    assertThat(group("householder", 2, 1.0, 0.0).gain()).isEqualTo(1);
    assertThat(group("householder", 2, 1.0, 0x1p-30).gain()).isEqualTo(Math.nextUp(1.0));
    assertThat(group("householder", 2, 1.0, 0x1p-26).gain()).isEqualTo(1 + 0x1p-51);
    assertThat(group("householder", 2, 1.0, 0x1.8p-26).gain()).isEqualTo(1 + 0x1.4p-50);
    assertThat(group("householder", 2, 1e200, 0.0).gain()).isInfinite();
  }

  @Test
  void softmax() {
    Group softmax = group("softmax", 3, 0.25);
    assertNumbers(softmax, 3, 2, 3, 0, 2, 2);
    assertRows(softmax.moves(), row(1, -1, 0), row(0, 1, -1));
    assertRows(softmax.read(), row(1, 0, 0), row(0, 1, 0), row(0, 0, 1));
    double[][] rows = {row(0, 0, 0, 1, 0), row(0, 0, 0, 0, 1), row(0, 0, 0, -1, -1)};
    assertRows(softmax.bounded(), rows);
    assertRows(softmax.given(), rows);
  }

  @Test
  void layerNorm() {
    for (Group norm :
        List.of(group("layer_norm", 3, 0.25, 0.0), group("layer_norm", 9, 0.25, 3.0))) {
      assertNumbers(norm, 3, 2, 3, 0, 2, 2);
      assertRows(norm.moves(), row(1, -1, 0), row(0, 1, -1));
      assertRows(norm.read(), row(1, 0, 0), row(0, 1, 0), row(0, 0, 1));
      double[][] rows = {row(0, 0, 0, 1, 0), row(0, 0, 0, 0, 1), row(0, 0, 0, -1, -1)};
      assertRows(norm.bounded(), rows);
      assertRows(norm.given(), rows);
    }
  }

  /** All results are new: their sum is not known, and each may move where one element does. */
  @Test
  void unitLength() {
    Group group = group("l2_normalize", 2, 0.25);
    assertNumbers(group, 2, 2, 2, 0, 4, 4);
    assertRows(group.moves(), row(1, 0), row(0, 1));
    assertRows(group.read(), row(1, 0), row(0, 1));
    assertRows(group.bounded(), row(0, 0, 1, 0), row(0, 0, 0, 1));
    assertRows(group.given(), row(0, 0, 1, 0), row(0, 0, 0, 1));
  }

  @Test
  void theTable() {
    Map<String, Slopes> table =
        Map.ofEntries(
            Map.entry("relu", new Slopes(0, 1)),
            Map.entry("relu6", new Slopes(0, 1)),
            Map.entry("tanh", new Slopes(0, 1)),
            Map.entry("hard_tanh", new Slopes(0, 1)),
            Map.entry("softplus", new Slopes(0, 1)),
            Map.entry("softsign", new Slopes(0, 1)),
            Map.entry("sigmoid", new Slopes(0, 0.25)),
            Map.entry("hard_sigmoid", new Slopes(0, 0x1.55555558p-3)),
            Map.entry("silu", new Slopes(-0x1.98f11d8p-4, 0x1.198f11d8p0)),
            Map.entry("gelu", new Slopes(-0x1.07fee58p-3, 0x1.20ffdcb0p0)),
            Map.entry("gelu_tanh", new Slopes(-0x1.082d84ap-3, 0x1.2105b094p0)),
            Map.entry("mish", new Slopes(-0x1.cce831p-4, 0x1.16a7d0c5p0)),
            Map.entry("selu", new Slopes(0, 0x1.c212cc65p0)),
            Map.entry("hard_swish", new Slopes(-0.5, 1.5)),
            Map.entry("abs", new Slopes(-1, 1)),
            Map.entry("sin", new Slopes(-1, 1)));
    table.forEach((name, slopes) -> assertThat(slopes(name)).isEqualTo(slopes));
    assertThat(slopes("leaky_relu", -0.5)).isEqualTo(new Slopes(-0.5, 1));
    assertThat(slopes("leaky_relu", 1.5)).isEqualTo(new Slopes(1, 1.5));
    assertThat(slopes("elu", 0.0)).isEqualTo(new Slopes(0, 1));
    assertThat(slopes("elu", 1.5)).isEqualTo(new Slopes(0, 1.5));
    assertThat(slopes("celu", 1.5)).isEqualTo(new Slopes(0, 1));
  }
}
