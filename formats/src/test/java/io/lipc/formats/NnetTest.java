package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NnetTest {

  private static final String TEXT =
      """
      // A comment,
      // and another.
      2,2,1,3,
      2,3,1,
      0,
      -1.0,-2,
      1.0,2e0,
      0.5,-.5,10.0,
      2.0,4.0,-3.0,
      1,2,
      3,4,
      5,6,
      0.1,
      0.2,
      0.3
      -1,+1,1e-3,
      7,

      """;

  private static void assertRefused(String from, String to, String message) {
    assertThat(TEXT).contains(from);
    assertThatThrownBy(() -> Nnet.read(TEXT.replace(from, to)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  /** A look that ends the reading, after so many. */
  static Runnable after(int looks) {
    int[] left = {looks};
    return () -> {
      left[0]--;
      if (left[0] < 0) {
        throw new IllegalStateException("enough");
      }
    };
  }

  /** A line may have any length, and a file any number of lines. */
  @Test
  void readingLooksAtTheClock() {
    for (String text : List.of("1,".repeat(1000), "1,1,1,1,\n".repeat(1000), "//\n".repeat(1000))) {
      assertThatThrownBy(() -> Nnet.read(text, after(500)))
          .isInstanceOf(IllegalStateException.class);
    }
    int words = TEXT.split("[,\n]+").length;
    assertThatThrownBy(() -> Nnet.read(TEXT, after(words)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Once for each line, for each comment that is stepped over, each comma, and each number. */
  @Test
  void everyLoopLooks() throws FormatException {
    int[] looks = new int[1];
    Nnet.read(TEXT, () -> looks[0]++);
    int lines = (int) TEXT.lines().count();
    int commas =
        (int) TEXT.lines().skip(2).flatMapToInt(String::chars).filter(c -> c == ',').count();
    // The line of the sizes is read twice, as it is counted first.
    int again = 3;
    int numbers = 2 + 2 + 3 + 3 + (2 + 1) * 3 + (3 + 1);
    assertThat(looks[0]).isEqualTo(lines + 2 + commas + again + numbers);
  }

  @Test
  void everyPartIsRead() throws FormatException {
    NnetFile file = Nnet.read(TEXT);
    assertThat(file.sizes()).containsExactly(2, 3, 1);
    assertThat(file.minimums()).containsExactly(-1.0, -2.0);
    assertThat(file.maximums()).containsExactly(1.0, 2.0);
    assertThat(file.means()).containsExactly(0.5, -0.5);
    assertThat(file.ranges()).containsExactly(2.0, 4.0);
    assertThat(file.outputMean()).isEqualTo(10);
    assertThat(file.outputRange()).isEqualTo(-3);
    assertThat(file.layers()).hasSize(2);
    NnetFile.Layer first = file.layers().getFirst();
    assertThat(first.weight().rows()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    assertThat(first.bias().values()).containsExactly(0.1, 0.2, 0.3);
    assertThat(first.weight().name()).isEqualTo("layer1.weight");
    NnetFile.Layer last = file.layers().getLast();
    assertThat(last.weight().rows()).isDeepEqualTo(new double[][] {{-1, 1, 1e-3}});
    assertThat(last.bias().values()).containsExactly(7);
  }

  @Test
  void countsHaveToAgree() {
    assertRefused(
        "2,3,1,\n", "2,3,\n", "2 sizes, where the first line says 2 layers, which have 3");
    // A writer that counts the input: what follows is read as it stands once the count is right.
    assertRefused(
        "2,2,1,3,",
        "1,2,1,3,",
        "3 sizes, where the first line says 1 layers, which have 2 with the size of the input; write"
            + " 2 as the first number of the first line, or remove what is no size (line 4)");
    assertRefused("2,3,1,\n", "2,\n", "1 numbers where 3 are expected (line 4)");
    assertRefused("3,4,\n", "\n", "0 numbers where 2 are expected (line 11)");
    assertRefused("2,3,1,\n", "3,3,1,\n", "the sizes go from 3 to 1");
    assertRefused("2,3,1,\n", "2,0,1,\n", "size 0");
    assertRefused("3,4,\n", "3,4,5,\n", "3 numbers where 2 are expected (line 11)");
    assertRefused("2,2,1,3,\n", "0,2,1,3,\n", "at least one layer");
    assertRefused("2,2,1,3,\n", "-2,2,1,3,\n", "`-2` is not a count");
    assertRefused("0.5,-.5,10.0,\n", "0.5,-.5,\n", "2 numbers where 3");
  }

  @Test
  void numbersHaveToBeFinite() {
    for (String word : List.of("NaN", "inf", "1e999", "0x1p3", "1f", "1d", "", "1 2", "--1")) {
      assertRefused(
          "3,4,\n", "3," + word + ",\n", "`" + word + "` is not a finite number (line 11)");
      assertRefused("3,4,\n", word + ",4,\n", "`" + word + "` is not a finite number (line 11)");
    }
  }

  @Test
  void rangesMustNotBeZero() {
    assertRefused("2.0,4.0,-3.0", "2.0,0.0,-3.0", "a range is zero (line 9)");
    assertRefused("2.0,4.0,-3.0", "2.0,4.0,-0", "a range is zero (line 9)");
  }

  @Test
  void inputsAreScaledByNumbers() {
    assertRefused(
        "2.0,4.0,-3.0",
        "1e-320,4.0,-3.0",
        "input 0, of mean 0.5, is divided by the range 1.0E-320: that overflows (line 9)");
    assertRefused(
        "2.0,4.0,-3.0",
        "2.0,5e-309,-3.0",
        "input 1, of mean -0.5, is divided by the range 5.0E-309: that overflows (line 9)");
  }

  @Test
  void minimumsMustNotBeAboveMaximums() {
    assertRefused("1.0,2e0,", "1.0,-3,", "the minimum of input 1");
  }

  @Test
  void truncatedAndOverlongFiles() {
    int lines = (int) TEXT.strip().lines().count();
    for (int count = 0; count < lines; count++) {
      String prefix = String.join("\n", TEXT.lines().limit(count).toList());
      assertThatThrownBy(() -> Nnet.read(prefix)).hasMessageContaining("the file ends after line");
    }
    assertRefused("7,\n", "7,\n8,\n", "the network ends before this line (line 18)");
  }

  @Test
  void hugeCountsAllocateNothing() {
    assertThatThrownBy(() -> Nnet.read("999999999,2,1,3,\n2,3,1,\n"))
        .hasMessageContaining("3 sizes, where the first line says 999999999 layers");
    String text = "1,1,999999999,1\n1,999999999\n0\n0\n1\n0,0\n1,1\n1\n";
    assertThatThrownBy(() -> Nnet.read(text)).hasMessageContaining("the file ends after line 8");
  }

  @Test
  void filesThatAreNotText(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("n.nnet"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThatThrownBy(() -> Nnet.read(file)).hasMessage("the file is not UTF-8: byte 0");
  }

  @Test
  void publicNetworksAreRead() throws IOException, FormatException {
    Path nets = Path.of(System.getProperty("lipc.shared", "absent"), "data/nets");
    Assumptions.assumeTrue(Files.isDirectory(nets), "the shared networks are absent");
    try (Stream<Path> files = Files.walk(nets)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(".nnet")).sorted().toList();
      assertThat(found).isNotEmpty();
      for (Path file : found) {
        NnetFile net = Nnet.read(file);
        assertThat(net.layers()).hasSize(net.sizes().size() - 1);
      }
    }
  }

  @Test
  void theInputsAreWhatTheFirstLineSays() {
    assertRefused(
        "2,2,1,3,\n",
        "2,3,1,3,\n",
        "the sizes go from 2 to 1, but the first line says 3 and 1 (line 4)");
    assertRefused(
        "2,2,1,3,\n",
        "2,2,4,3,\n",
        "the sizes go from 2 to 1, but the first line says 2 and 4 (line 4)");
  }

  @Test
  void theLimitsOfTheFirstInputAreComparedToo() {
    assertRefused("-1.0,-2,", "1.5,-2,", "the minimum of input 0");
  }

  @Test
  void aFixedInputIsAllowed() throws FormatException {
    assertThat(Nnet.read(TEXT.replace("-1.0,-2,", "1.0,-2,")).minimums())
        .containsExactly(1.0, -2.0);
  }

  /** The inverse of a range may overflow where no mean does, and the other way round. */
  @Test
  void scalingDoesNotOverflow() throws FormatException {
    String zeroMean = TEXT.replace("0.5,-.5,10.0,", "0,0,10.0,");
    assertThatThrownBy(() -> Nnet.read(zeroMean.replace("2.0,4.0,-3.0", "1e-320,4.0,-3.0")))
        .hasMessageContaining("input 0, of mean 0.0, is divided by the range 1.0E-320");
    String largeMean = TEXT.replace("0.5,-.5,10.0,", "1e300,-.5,10.0,");
    assertThatThrownBy(() -> Nnet.read(largeMean.replace("2.0,4.0,-3.0", "1e-10,4.0,-3.0")))
        .hasMessageContaining("input 0, of mean 1.0E300, is divided by the range 1.0E-10");
    assertThat(Nnet.read(largeMean.replace("2.0,4.0,-3.0", "1e100,4.0,-3.0")).means())
        .containsExactly(1e300, -0.5);
    // 1/r is finite, and 2/r is not.
    assertThat(Nnet.read(zeroMean.replace("2.0,4.0,-3.0", "1e-308,4.0,-3.0")).ranges())
        .containsExactly(1e-308, 4.0);
    // Nothing is divided by the range of the output.
    assertThat(Nnet.read(TEXT.replace("2.0,4.0,-3.0", "2.0,4.0,-1e-320")).outputRange())
        .isEqualTo(-1e-320);
  }

  @Test
  void blanksStandAnywhereBetweenNumbers() throws FormatException {
    String loose =
        TEXT.replace("// and", "  // and")
            .replace("2,3,1,\n", " 2 ,\t3, 1 , \n")
            .replace("3,4,\n", "  3 , 4 ,\t\n")
            .replace("5,6,\n", "5, 6\n");
    assertThat(Nnet.read(loose)).usingRecursiveComparison().isEqualTo(Nnet.read(TEXT));
  }
}
