package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gains of convolutions over one row of pixels, on tori that are large enough, and by one less. */
final class TorusFitsTest {

  /** A window with {@code before} and {@code after} zeros around {@code n} pixels. */
  private record Row(int n, int stride, int before, int after, int dilation, double... kernel) {

    private byte[] elements() {
      ByteBuffer data = ByteBuffer.allocate(8 * kernel.length).order(ByteOrder.LITTLE_ENDIAN);
      data.asDoubleBuffer().put(kernel);
      return data.array();
    }

    private String shape() {
      return "[1, 1, 1, " + kernel.length + "]";
    }

    private String digest() throws Exception {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(("F64 " + shape() + "\n").getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(sha.digest(elements()));
    }

    private byte[] weights() {
      String header =
          "{\"w\": {\"dtype\": \"F64\", \"shape\": %s, \"data_offsets\": [0, %d]}}"
              .formatted(shape(), 8 * kernel.length);
      return HostileWeights.file(
          header.length(), header.getBytes(StandardCharsets.UTF_8), elements());
    }

    /** The audit's answer about this bound, which is that of the gain as well. */
    String verdict(int cells, double bound) throws Exception {
      String text =
          String.format(
              Locale.ROOT,
              """
              {
                "format": "lipc-certificate-1",
                "network": "test.Row",
                "kind": "numeric",
                "type": "f64",
                "declared": "%1$s",
                "bound": "%1$s",
                "method": "by hand",
                "units": [
                  {"operation": "input", "shape": [1, 1, %2$d]},
                  {"operation": "convolution", "operand": 0, "input": [1, 1, %2$d], "channels": 1, "kernel": [1, %3$d], "stride": [1, %4$d], "padding": [0, %5$d, 0, %6$d], "dilation": [1, %7$d], "groups": 1, "weight": "w"}
                ],
                "tensors": [
                  {"name": "w", "shape": %8$s, "digest": "%9$s"}
                ],
                "gains": [
                  {"unit": 1, "gain": "%1$s", "torus": [1, %10$d], "twist": ["0x0.0p0", "0x0.0p0"], "procedure": "verified cholesky"}
                ],
                "segmentations": [],
                "multipliers": [
                  {"unit": 1, "constraint": "gain", "values": ["0x1.0p0"]}
                ],
                "procedure": "exact elimination"
              }
              """,
              Double.toHexString(bound),
              n,
              kernel.length,
              stride,
              before,
              after,
              dilation,
              shape(),
              digest(),
              cells);
      return Witness.audit(List.of(text), List.of(weights()), 1_000_000_000).getLast();
    }
  }

  /**
   * On a torus of two pixels the first and the third element of the kernel meet, and 1 - 1 = 0:
   * windows of three pixels, two apart, overlap. On one of four it is 2 for one of the waves, and
   * the norm of {@code x0 - x2} is the root of 2.
   */
  @Test
  void windowsThatOverlapByOnePixel() throws Exception {
    Row row = new Row(3, 2, 0, 0, 1, 1, 0, -1);
    assertThat(row.verdict(1, 0x1p-10)).startsWith("REJECTED").contains("torus of unit 1");
    assertThat(row.verdict(2, 0x1.ffp0)).startsWith("REJECTED").contains("not positive");
    assertThat(row.verdict(2, 0x1.001p1)).startsWith("ACCEPTED");
  }

  /** The least number of cells, which is that of the page of the format, "Tori". */
  @ParameterizedTest
  @CsvSource({
    "4, 1, 0, 0, 1, 3, 4", // pixels that are read
    "4, 1, 2, 0, 1, 3, 6", // and those before them
    "4, 1, 0, 2, 1, 3, 6", // those behind them
    "1, 1, 2, 2, 1, 2, 4", // as many as pixels come out
    "3, 2, 0, 0, 1, 3, 2", // windows that overlap by one pixel
    "5, 2, 0, 0, 2, 2, 3", // by the distance of their elements
    "4, 2, 0, 0, 1, 2, 1", // and that do not
    "9, 3, 0, 0, 2, 2, 1",
  })
  void theLeastTorus(int n, int stride, int before, int after, int dilation, int kernel, int cells)
      throws Exception {
    double[] ones = new double[kernel];
    Arrays.fill(ones, 1);
    Row row = new Row(n, stride, before, after, dilation, ones);
    assertThat(row.verdict(cells, 9)).startsWith("ACCEPTED");
    if (cells > 1) {
      assertThat(row.verdict(cells - 1, 9)).startsWith("REJECTED").contains("torus of unit 1");
    }
  }
}
