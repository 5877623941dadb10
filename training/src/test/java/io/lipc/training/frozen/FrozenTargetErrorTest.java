package io.lipc.training.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far predictions are off, by hand. */
class FrozenTargetErrorTest {

  @Test
  void errorsOfTwoTargets() throws DataException {
    RegressionData data =
        RegressionData.of(
            List.of("a", "b"),
            new double[][] {{0}, {1}, {2}, {3}},
            new double[][] {{1, 7}, {2, 7}, {3, 7}, {6, 7}});
    double[][] outputs = {{1, 7}, {5, 8}, {2, 5}, {6, 7}};
    TargetError first = TargetError.of(data, 0, outputs);
    assertThat(first.target()).isEqualTo("a");
    assertThat(first.rmse()).isCloseTo(Math.sqrt(10.0 / 4), within(1e-15));
    assertThat(first.meanError()).isEqualTo(1);
    assertThat(first.largestError()).isEqualTo(3);
    // Deviations of -2, -1, 0 and 3 from the mean.
    assertThat(first.r2()).isCloseTo(1 - 10.0 / 14, within(1e-15));
    TargetError second = TargetError.of(data, 1, outputs);
    assertThat(second.rmse()).isCloseTo(Math.sqrt(5.0 / 4), within(1e-15));
    assertThat(second.meanError()).isEqualTo(0.75);
    assertThat(second.largestError()).isEqualTo(2);
    assertThat(second.r2()).isNaN();
  }

  /** Variances below 1 count as well. */
  @Test
  void aTargetThatHardlyVaries() throws DataException {
    RegressionData data =
        RegressionData.of(
            List.of("a"), new double[][] {{0}, {1}}, new double[][] {{0.25}, {-0.25}});
    TargetError error = TargetError.of(data, 0, new double[][] {{0.25}, {0.25}});
    assertThat(error.r2()).isEqualTo(-1);
    assertThat(error.largestError()).isEqualTo(0.5);
  }
}
