package io.lipc.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegressionDataTest {

  private static RegressionData numbered(int size) throws DataException {
    double[][] features =
        IntStream.range(0, size).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
    double[][] values =
        IntStream.range(0, size).mapToObj(i -> new double[] {10 * i, -i}).toArray(double[][]::new);
    return RegressionData.of(List.of("a", "b"), features, values);
  }

  @Test
  void whatIsNoDataSetIsRefused() {
    double[][] one = {{1}};
    assertFault(List.of("t"), new double[0][], one, "a data set needs at least one sample");
    assertFault(List.of("t"), one, new double[2][1], "1 samples with 2 targets");
    assertFault(List.of(), one, one, "a regression needs one or more different targets, not []");
    assertFault(List.of("t", "t"), one, new double[1][2], "different targets, not [t, t]");
    assertFault(List.of("t"), one, new double[1][2], "row 1 has 2 targets, not 1");
    assertFault(List.of("t"), one, new double[][] {{Double.NaN}}, "target 1 of row 1 is NaN");
    assertFault(
        List.of("t"),
        new double[][] {{1}, {1, 2}},
        new double[2][1],
        "row 2 has 2 features, not 1");
  }

  private static void assertFault(
      List<String> targets, double[][] features, double[][] values, String message) {
    assertThatThrownBy(() -> RegressionData.of(targets, features, values))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void scalingIsOfFeaturesAlone() throws Exception {
    RegressionData scaled = numbered(3).scaled(0.5);
    assertThat(scaled.features(2)).containsExactly(1);
    assertThat(scaled.target(2, 0)).isEqualTo(20);
    assertThat(scaled.digest()).isNotEqualTo(numbered(3).digest());
  }
}
