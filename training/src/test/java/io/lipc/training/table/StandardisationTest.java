package io.lipc.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Columns of any units become columns of mean 0 and deviation 1, as the layer will compute them.
 */
final class StandardisationTest {

  private static Dataset data(double[]... rows) throws DataException {
    int[] labels = IntStream.range(0, rows.length).map(row -> row % 2).toArray();
    return Dataset.of(List.of("a", "b"), rows, labels);
  }

  /** A single column. */
  private static Dataset column(double... values) throws DataException {
    return data(
        Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new));
  }

  private static Standardisation fit(Dataset data, ElementType type) throws DataException {
    List<String> names =
        IntStream.rangeClosed(1, data.featureCount()).mapToObj(i -> "column " + i).toList();
    return Standardisation.of(data, names, new BatchNorm(data.featureCount(), 1, "z", 0), type);
  }

  private static double[] tensor(Standardisation statistics, String role) {
    return statistics.tensors().tensor("z." + role).map(Tensor::values).orElseThrow();
  }

  @Test
  void statisticsAreThoseOfTheColumns() throws Exception {
    Dataset data = data(new double[] {1, 100}, new double[] {2, 300}, new double[] {6, 500});
    Standardisation statistics = fit(data, ElementType.F32);
    assertThat(tensor(statistics, "weight")).containsExactly(1, 1);
    assertThat(tensor(statistics, "bias")).containsExactly(0, 0);
    assertThat(tensor(statistics, "running_mean")).containsExactly(3, 300);
    // (4 + 1 + 9) / 3, rounded to a float once.
    assertThat(tensor(statistics, "running_var"))
        .containsExactly((float) (14.0 / 3), (float) (80000.0 / 3));
    assertThat(statistics.columns().get(1).name()).isEqualTo("column 2");
    assertThat(statistics.gain()).isCloseTo(Math.sqrt(3.0 / 14), within(1e-7));
  }

  @Test
  void columnsOfAllUnitsHaveMeanZeroAndDeviationOne() throws Exception {
    Random random = new Random(5);
    double[][] rows = new double[200][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] =
          new double[] {
            1e-6 * random.nextGaussian(), 1000 + random.nextGaussian(), 1e9 * random.nextDouble()
          };
    }
    Dataset standardised = fit(data(rows), ElementType.F32).apply(data(rows));
    for (int k = 0; k < 3; k++) {
      int column = k;
      double mean =
          IntStream.range(0, 200).mapToDouble(i -> standardised.feature(i, column)).sum() / 200;
      double square =
          IntStream.range(0, 200)
                  .mapToDouble(i -> Math.pow(standardised.feature(i, column), 2))
                  .sum()
              / 200;
      // Mean and scale are floats, and 1000 is a thousand deviations away from 0.
      assertThat(mean).isCloseTo(0, within(1e-4));
      assertThat(square).isCloseTo(1, within(1e-4));
    }
  }

  /** The arithmetic of the class: one product and one sum, with the rounded scale and shift. */
  @Test
  void otherSamplesAreReadAsTheLayerReadsThem() throws Exception {
    Standardisation statistics = fit(column(1, 2, 6), ElementType.F32);
    double read = statistics.apply(column(4, 5)).feature(0, 0);
    float variance = (float) (14.0 / 3);
    float scale = (float) (1 / Math.sqrt(variance));
    float shift = (float) (-3.0 * scale);
    assertThat(read).isEqualTo((double) scale * 4 + shift);
  }

  @Test
  void aConstantColumnIsNotReadWhateverItIsLater() throws Exception {
    Dataset data = data(new double[] {7, 1}, new double[] {7, 2});
    for (ElementType type : List.of(ElementType.F32, ElementType.F64)) {
      Standardisation statistics = fit(data, type);
      assertThat(statistics.columns().get(0).isConstant()).isTrue();
      assertThat(statistics.columns().get(1).isConstant()).isFalse();
      Dataset later = statistics.apply(data(new double[] {-1e30, 1}, new double[] {7, 2}));
      assertThat(later.feature(0, 0)).isZero();
      assertThat(later.feature(1, 0)).isZero();
      assertThat(statistics.gain()).isCloseTo(2, within(1e-6));
    }
  }

  @Test
  void valuesThatFloatsHardlyTellApartAreRefused() throws Exception {
    Dataset times = column(1.7e9, 1.7e9 + 20, 1.7e9 + 40);
    assertThatThrownBy(() -> fit(times, ElementType.F32))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column 1 has values as large as 1.70000e+09, which differ by a deviation of 16.33:"
                + " rounded to f32 they are hardly told apart; subtract 1.70000e+09 in the table,"
                + " and later from what the network reads, or leave the column out, or declare"
                + " `precision f64;`");
    assertThat(fit(times, ElementType.F64).apply(times).feature(2, 0))
        .isCloseTo(Math.sqrt(1.5), within(1e-6));
    // Rounding moves these by a hundredth of a deviation.
    assertThat(fit(column(1e5, 1e5 + 2, 1e5 + 4), ElementType.F32).columns()).hasSize(1);
    Dataset close = column(1, Math.nextUp(1.0));
    assertThatThrownBy(() -> fit(close, ElementType.F64))
        .hasMessageContaining("rounded to f64")
        .message()
        .doesNotContain("precision f64");
  }

  @Test
  void unitsOutOfTheRangeOfThePrecisionAreRefused() throws Exception {
    for (Dataset data : List.of(column(0, 1e-25), column(0, 1e25), column(-1e200, 1e200))) {
      assertThatThrownBy(() -> fit(data, ElementType.F32))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("column 1 has a mean of ")
          .hasMessageContaining("out of the range of f32; write the column in another unit");
    }
    assertThat(fit(column(0, 1e25), ElementType.F64).columns()).hasSize(1);
  }

  @Test
  void pixelsOfAChannelShareTheirStatistics() throws Exception {
    Dataset images = data(new double[] {0, 2, 10, 10}, new double[] {2, 4, 30, 30});
    Standardisation statistics =
        Standardisation.of(
            images,
            List.of("column 1", "column 2", "column 3", "column 4"),
            new BatchNorm(2, 2, "z", 0),
            ElementType.F64);
    assertThat(tensor(statistics, "running_mean")).containsExactly(2, 20);
    assertThat(tensor(statistics, "running_var"))
        .containsExactly(new double[] {2, 100}, within(1e-12));
    assertThat(statistics.columns().get(1).name()).isEqualTo("channel 2");
    assertThat(statistics.apply(images).features(1))
        .containsExactly(new double[] {0, Math.sqrt(2), 1, 1}, within(1e-12));
  }

  /** The layer adds its epsilon whatever the statistics are, and so does the map. */
  @Test
  void epsilonOfTheLayerCounts() throws Exception {
    Standardisation statistics =
        Standardisation.of(
            column(0, 2), List.of("column 1"), new BatchNorm(1, 1, "z", 3), ElementType.F64);
    assertThat(statistics.apply(column(0, 2)).feature(1, 0)).isEqualTo(0.5);
    assertThat(statistics.gain()).isEqualTo(0.5);
  }
}
