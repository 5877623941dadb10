package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.training.table.Dataset;
import io.lipc.training.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ColumnRangesTest {

  /** Columns from {@code least} to {@code least + width}. */
  private static Optional<String> warning(double least, double... widths) throws Exception {
    double[] low = new double[widths.length];
    Arrays.fill(low, least);
    double[] high = Arrays.stream(widths).map(width -> least + width).toArray();
    Dataset data = Dataset.of(List.of("a", "b"), new double[][] {low, high}, new int[] {0, 1});
    List<String> names = IntStream.range(0, widths.length).mapToObj(i -> "column " + i).toList();
    return ColumnRanges.warning(new Table<>(data, names, List.of(), 0));
  }

  @Test
  void a_factor_of_ten_is_allowed() throws Exception {
    assertThat(warning(0, 1, 10)).isEmpty();
    assertThat(warning(0, 1, 10.01)).isPresent();
    assertThat(warning(-3, 0, 5, 0)).isEmpty();
  }

  @Test
  void the_widest_and_the_narrowest_are_named_in_order() throws Exception {
    assertThat(warning(1, 2000, 0.5, 0, 3, 0.25, 1, 1).orElseThrow())
        .startsWith(
            "column ranges differ by a factor of 8000: column 0 runs from 1 to 2000, but column 4"
                + " runs from 1 to 1.25, column 1 runs from 1 to 1.5, column 5 runs from 1 to 2 and"
                + " 2 more. One bound");
  }

  /** Three of the 64 pixels of the digits are dark in nearly all images. */
  @Test
  void a_few_dark_pixels_are_no_other_unit() throws Exception {
    double[] pixels = new double[30];
    Arrays.fill(pixels, 16);
    pixels[4] = 1;
    pixels[9] = 1;
    assertThat(warning(0, pixels)).isEmpty();
    pixels[10] = 1;
    assertThat(warning(0, pixels)).isPresent();
  }
}
