package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetSplitTest {

  private static RegressionData numbered(int size) throws DataException {
    double[][] features =
        IntStream.range(0, size).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
    double[][] values =
        IntStream.range(0, size).mapToObj(i -> new double[] {10 * i, -i}).toArray(double[][]::new);
    return RegressionData.of(List.of("a", "b"), features, values);
  }

  @Test
  void splitsLoseNothingAndKeepTheOrder() throws Exception {
    Split<RegressionData> split = Split.random(numbered(20), 0.25, 3);
    assertThat(split.heldOut().size()).isEqualTo(5);
    assertThat(IntStream.concat(numbers(split.training()), numbers(split.heldOut())).sorted())
        .containsExactly(IntStream.range(0, 20).boxed().toArray(Integer[]::new));
    assertThat(numbers(split.heldOut())).isSorted();
    assertThat(numbers(split.training())).isSorted();
    assertThat(split.heldOut().digest())
        .isEqualTo(Split.random(numbered(20), 0.25, 3).heldOut().digest())
        .isNotEqualTo(Split.random(numbered(20), 0.25, 4).heldOut().digest());
  }

  private static IntStream numbers(RegressionData data) {
    return IntStream.range(0, data.size()).map(i -> (int) data.feature(i, 0));
  }

  @Test
  void eachPartHasASample() throws Exception {
    assertThat(Split.random(numbered(2), 0.01, 1).heldOut().size()).isOne();
    assertThat(Split.random(numbered(2), 0.99, 1).training().size()).isOne();
    assertThatThrownBy(() -> Split.random(numbered(1), 0.5, 1))
        .hasMessage("there is a single sample, so nothing can be held out");
  }

  @Test
  void unitsAreThoseOfTheTargets() throws Exception {
    TargetUnits units = TargetUnits.of(numbered(3));
    assertThat(units.means()).containsExactly(10.0, -1.0);
    assertThat(units.variance()).isEqualTo((200 + 2) / 6.0);
    double[][] same = {{0.1}, {0.1}, {0.1}};
    assertThatThrownBy(() -> TargetUnits.of(RegressionData.of(List.of("t"), same, same)))
        .hasMessage("the targets of all 3 samples are the same, so there is nothing to learn");
    double[][] huge = {{1e300}, {-1e300}};
    assertThatThrownBy(() -> TargetUnits.of(RegressionData.of(List.of("t"), huge, huge)))
        .hasMessage("the variance of the targets is no double: bring them to another unit");
  }
}
