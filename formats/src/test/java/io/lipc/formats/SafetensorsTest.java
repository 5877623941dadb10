package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsTest {

  private static byte[] file(String header, int dataLength) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static String entry(String name, String dtype, String shape, long begin, long end) {
    return String.format(
        "\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}",
        name, dtype, shape, begin, end);
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  private static void assertRefused(String entries, int dataLength, String message) {
    assertRefused(file("{" + entries + "}", dataLength), message);
  }

  private static Weights weights() throws FormatException {
    return Weights.of(
        List.of(
            Tensor.of("b", ElementType.F32, List.of(2), new double[] {0.5, -0.0}),
            Tensor.of("a", ElementType.F64, List.of(1, 2), new double[] {0.1, 1e300}),
            Tensor.of("scalar", ElementType.F64, List.of(), new double[] {3}),
            Tensor.of("none", ElementType.F32, List.of(0, 5), new double[] {})));
  }

  /** Headers may have any number of tensors, and texts of any length. */
  @Test
  void readingLooksAtTheClock() {
    StringBuilder tensors = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      tensors.append(i == 0 ? "" : ",").append(entry("t" + i, "F32", "[0]", 0, 0));
    }
    byte[] many = file("{" + tensors + "}", 0);
    assertThatThrownBy(() -> Safetensors.contents(many, NnetTest.after(500)))
        .isInstanceOf(IllegalStateException.class);
    byte[] text = file("{\"__metadata__\": {\"a\": \"" + "x".repeat(1 << 20) + "\"}}", 0);
    assertThatThrownBy(() -> Safetensors.contents(text, NnetTest.after(30)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Once for each value of the header, each of its members, and each tensor. */
  @Test
  void everyLoopLooks() throws FormatException {
    String metadata = "\"__metadata__\": {\"a\": \"b\"}, ";
    String tensors = entry("v", "F32", "[1]", 0, 4) + ", " + entry("w", "F32", "[1]", 4, 8);
    int[] looks = new int[1];
    Safetensors.contents(file("{" + metadata + tensors + "}", 8), () -> looks[0]++);
    int values = 1 + 2 + 2 * 7;
    assertThat(looks[0]).isEqualTo(values + 3 + 2);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws FormatException {
    byte[] file = Safetensors.write(weights());
    Weights read = Safetensors.read(file);
    assertThat(read.tensors().keySet()).containsExactly("a", "b", "none", "scalar");
    for (Tensor tensor : weights().tensors().values()) {
      Tensor same = read.tensor(tensor.name()).orElseThrow();
      assertThat(same.digest()).isEqualTo(tensor.digest());
      assertThat(same.shape()).isEqualTo(tensor.shape());
    }
    assertThat(Safetensors.write(read)).isEqualTo(file);
  }

  /** Those of networks that are inlined are called otherwise than they call themselves. */
  @Test
  void tensorsAreWrittenUnderTheNamesOfTheWeights() throws FormatException {
    Tensor tensor = Tensor.of("w", ElementType.F64, List.of(1), new double[] {0.1});
    Weights inlined = new Weights(Map.of("0/w", tensor, "1/w", tensor));
    assertThat(Safetensors.read(Safetensors.write(inlined)).tensors())
        .containsOnlyKeys("0/w", "1/w");
    Weights rounded = inlined.rounded(ElementType.F32);
    assertThat(rounded.tensors()).containsOnlyKeys("0/w", "1/w");
    assertThat(rounded.tensor("1/w").orElseThrow().get(0)).isEqualTo(0.1f);
  }

  @Test
  void headersArePaddedToEightBytes() throws FormatException {
    for (String name : List.of("a", "ab", "abc", "abcd", "abcde")) {
      Tensor tensor = Tensor.of(name, ElementType.F32, List.of(1), new double[] {1});
      byte[] file = Safetensors.write(Weights.of(List.of(tensor)));
      assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();
    }
  }

  @Test
  void filesAreRead(@TempDir Path folder) throws IOException, FormatException {
    Path file = Files.write(folder.resolve("w"), Safetensors.write(weights()));
    assertThat(Safetensors.read(file).tensor("a").orElseThrow().get(1)).isEqualTo(1e300);
  }

  @Test
  void metadataIsAllowed() throws FormatException {
    String metadata = "\"__metadata__\": {\"format\": \"pt\"}, ";
    byte[] file = file("{" + metadata + entry("w", "F32", "[1]", 0, 4) + "}  ", 4);
    assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("w");
    assertRefused("\"__metadata__\": {\"format\": 1}", 0, "not an object of strings");
    assertRefused("\"__metadata__\": 1", 0, "not an object of strings");
  }

  @Test
  void tensorsMayStandInAnyOrder() throws FormatException {
    String entries = entry("late", "F32", "[1]", 4, 8) + "," + entry("early", "F32", "[1]", 0, 4);
    assertThat(Safetensors.read(file("{" + entries + "}", 8)).tensors()).hasSize(2);
  }

  @Test
  void everyTruncationIsRefused() throws FormatException {
    byte[] file = Safetensors.write(weights());
    for (int length = 0; length < file.length; length++) {
      byte[] prefix = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Safetensors.read(prefix)).isInstanceOf(FormatException.class);
    }
    assertRefused(Arrays.copyOf(file, file.length + 1), "the tensors end at byte");
  }

  @Test
  void lyingHeaderLengths() {
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 3, 1L << 32}) {
      byte[] file = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertRefused(file, "the header claims");
    }
    assertRefused(new byte[7], "ends within the length");
    assertRefused(new byte[8], "does not begin with");
  }

  @Test
  void headersThatAreNotJson() {
    assertRefused(file(" {}", 0), "does not begin with");
    assertRefused(file("[]", 0), "does not begin with");
    assertRefused(file("{\"w\": }", 0), "at line 1, column 7");
    byte[] file = file("{\"?\": 1}", 0);
    file[10] = (byte) 0xFF;
    assertRefused(file, "not UTF-8");
  }

  private static byte[] ofTwoBytes(String dtype, int... bits) {
    String header = "{" + entry("w", dtype, "[" + bits.length + "]", 0, 2L * bits.length) + "}";
    byte[] file = file(header, 2 * bits.length);
    ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    data.position(file.length - 2 * bits.length);
    for (int one : bits) {
      data.putShort((short) one);
    }
    return file;
  }

  /** The least number above 0, the largest one, -0, and 0x1.554p-2, which is near to 1/3. */
  @Test
  void numbersOfTwoBytesAreTheFloatsThatTheyAre() throws FormatException {
    byte[] file = ofTwoBytes("F16", 0x0001, 0x7bff, 0x8000, 0x3555);
    Tensor half = Safetensors.read(file).tensor("w").orElseThrow();
    double[] values = {0x1p-24, 65504, -0.0, 0x1.554p-2};
    assertThat(half.values()).containsExactly(values);
    assertThat(half.type()).isEqualTo(ElementType.F32);
    assertThat(half.digest())
        .isEqualTo(Tensor.of("w", ElementType.F32, List.of(4), values).digest());
    Tensor brain = Safetensors.read(ofTwoBytes("BF16", 0x3f81, 0xc0ff)).tensor("w").orElseThrow();
    assertThat(brain.values()).containsExactly(1.0078125, -7.96875);
    assertThat(brain.type()).isEqualTo(ElementType.F32);
  }

  @Test
  void numbersOfTwoBytesThatAreNotFinite() {
    assertRefused(ofTwoBytes("F16", 0x3c00, 0x7c00), "tensor `w` holds Infinity at index 1");
    assertRefused(ofTwoBytes("F16", 0x7e00), "tensor `w` holds NaN at index 0");
    assertRefused(ofTwoBytes("BF16", 0xff80), "tensor `w` holds -Infinity at index 0");
    assertRefused(entry("w", "F16", "[3]", 0, 4), 4, "has 4 bytes where its shape needs 6");
  }

  @Test
  void unsupportedTypesAreNamed() {
    assertRefused(
        entry("w", "I32", "[1]", 0, 4),
        4,
        "tensor `w` is of dtype I32; F32, F64, F16 and BF16 are supported");
    assertRefused(entry("w", "f32", "[1]", 0, 4), 4, "dtype f32");
    // What a file says cannot go on with our sentence.
    assertRefused(
        entry("w", "F32; all is well", "[1]", 0, 4),
        4,
        "tensor `w` is of dtype \"F32; all is well\"; F32, F64, F16 and BF16 are supported");
  }

  @Test
  void wrongByteCounts() {
    assertRefused(entry("w", "F32", "[3]", 0, 8), 8, "has 8 bytes where its shape needs 12");
    assertRefused(entry("w", "F64", "[1]", 0, 4), 4, "needs 8");
    assertRefused(entry("w", "F32", "[1]", 8, 4), 8, "needs 4");
  }

  @Test
  void overflowingShapes() {
    String max = "2147483647";
    String huge = "[" + max + ", " + max + ", " + max + "]";
    assertRefused(entry("w", "F64", huge, 0, 8), 8, "too many");
    assertRefused(entry("w", "F64", "[65536, 65536, 65536, 65536]", 0, 0), 0, "too many");
    assertRefused(entry("w", "F32", "[2147483648]", 0, 4), 4, "not an integer");
    assertRefused(entry("w", "F32", "[99999999999999999999]", 0, 4), 4, "not an integer");
    assertRefused(entry("w", "F32", "[" + max + "]", 0, 4), 4, "needs 8589934588");
  }

  @Test
  void emptyTensorsMayHaveHugeExtents() throws FormatException {
    String shape = "[2147483647, 2147483647, 2147483647, 0]";
    Weights read = Safetensors.read(file("{" + entry("w", "F64", shape, 0, 0) + "}", 0));
    assertThat(read.tensor("w").orElseThrow().size()).isZero();
  }

  @Test
  void integersAreIntegers() {
    assertRefused(entry("w", "F32", "[-1]", 0, 4), 4, "-1 is not an integer");
    assertRefused(entry("w", "F32", "[1.0]", 0, 4), 4, "1.0 is not an integer");
    assertRefused(entry("w", "F32", "[\"1\"]", 0, 4), 4, "not an integer");
    assertRefused(
        entry("w", "F32", "[\"1 is fine\"]", 0, 4),
        4,
        "tensor `w`: \"\\\"1 is fine\\\"\" is not an integer in 0..2147483647");
    assertRefused(entry("w", "F32", "[1]", -4, 0), 4, "not an integer");
  }

  @Test
  void overlapsAndGaps() {
    String first = entry("a", "F32", "[2]", 0, 8) + ",";
    assertRefused(
        first + entry("b", "F32", "[2]", 4, 12),
        12,
        "`b` begins at byte 4 of the data, overlapping");
    assertRefused(first + entry("b", "F32", "[2]", 0, 8), 8, "overlapping");
    assertRefused(first + entry("b", "F32", "[1]", 12, 16), 16, "leaving a gap");
    assertRefused(entry("a", "F32", "[1]", 4, 8), 8, "leaving a gap");
    assertRefused(entry("a", "F32", "[1]", 0, 4), 8, "the tensors end at byte 4");
    assertRefused(entry("a", "F32", "[4]", 0, 16), 8, "the tensors end at byte 16");
  }

  @Test
  void duplicateNames() {
    String entry = entry("a", "F32", "[1]", 0, 4);
    assertRefused(entry + "," + entry, 4, "a second member `a`");
  }

  @Test
  void incompleteOrUnknownDescriptions() {
    String all = "\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": ";
    for (String description :
        List.of("1", "{}", "{" + all + "[0]}", "{" + all + "4}", "{" + all + "[0, 4], \"x\": 1}")) {
      assertRefused("\"w\": " + description, 4, "`w` is not described");
    }
  }

  @Test
  void elementsThatAreNotFinite() {
    for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      byte[] file = file("{" + entry("w", "F32", "[2]", 0, 8) + "}", 8);
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, poison);
      assertRefused(file, "tensor `w` holds " + (double) poison + " at index 1");
    }
  }

  @Test
  void everyFiniteElementIsReadAndNoOther() throws FormatException {
    double[] poisons = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double value : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, 0x1p-1074, -0.0}) {
      byte[] file = file("{" + entry("w", "F64", "[2]", 0, 16) + "}", 16);
      ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      data.putDouble(file.length - 8, value);
      assertThat(Safetensors.read(file).tensor("w").orElseThrow().values())
          .containsExactly(0, value);
      for (double poison : poisons) {
        data.putDouble(file.length - 16, poison);
        assertMessage(file, "tensor `w` holds " + poison + " at index 0");
      }
    }
    for (float value : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}) {
      byte[] file = file("{" + entry("w", "F32", "[1]", 0, 4) + "}", 4);
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, value);
      assertThat(Safetensors.read(file).tensor("w").orElseThrow().get(0)).isEqualTo(value);
    }
  }

  @Test
  void theLastPieceIsReadHoweverShortItIs() throws FormatException {
    for (int size : new int[] {Elements.PIECE - 1, Elements.PIECE, Elements.PIECE + 1}) {
      for (ElementType type : ElementType.values()) {
        int bytes = size * type.bytes();
        String header = "{" + entry("w", type.name(), "[" + size + "]", 0, bytes) + "}";
        byte[] file = file(header, bytes);
        file[file.length - 1] = 0x3f;
        assertThat(Safetensors.read(file).tensor("w").orElseThrow().get(size - 1)).isPositive();
        file[file.length - 1] = 0x7f;
        file[file.length - 2] = (byte) 0xf0;
        assertRefused(file, "at index " + (size - 1));
      }
    }
  }

  @Test
  void filesThatChangeTheirLengthAreRefused() throws IOException {
    Safetensors.checkLength(7, 7);
    for (long after : new long[] {6, 8}) {
      assertThatThrownBy(() -> Safetensors.checkLength(7, after))
          .isInstanceOf(IOException.class)
          .hasMessage("it had 7 bytes, and " + after + " after it was read");
    }
  }

  @Test
  void emptyTensorsOfHugeExtentsAreRead() throws FormatException {
    String shape = "[2147483647, 2147483647, 2147483647, 0]";
    Weights read = Safetensors.read(file("{" + entry("none", "F32", shape, 0, 0) + "}", 0));
    assertThat(read.tensor("none").orElseThrow().size()).isZero();
  }

  private static void assertMessage(byte[] file, String message) {
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(message);
  }

  @Test
  void messagesGiveBothNumbers() {
    byte[] lying = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(3).array();
    assertMessage(lying, "the header claims 3 bytes, but 2 follow");
    assertMessage(
        file("{" + entry("w", "F64", "[1]", 1, 6) + "}", 8),
        "tensor `w` of shape [1] has 5 bytes where its shape needs 8");
    // No 2^64 bytes, not even modulo 2^64.
    assertMessage(
        file("{" + entry("w", "F64", "[1073741824, 1073741824, 2]", 0, 0) + "}", 0),
        "tensor `w` of shape [1073741824, 1073741824, 2] has 0 bytes"
            + " where its shape needs too many");
    // (2^30 - 1) (2^30 + 1) = 2^60 - 1: eight times that is still a long.
    assertMessage(
        file("{" + entry("w", "F64", "[1073741823, 1073741825]", 0, 8) + "}", 8),
        "tensor `w` of shape [1073741823, 1073741825] has 8 bytes"
            + " where its shape needs 9223372036854775800");
    assertMessage(
        file("{" + entry("w", "F32", "[2]", 0, 8) + "}", 12),
        "the tensors end at byte 8 of the data, which has 12 bytes");
    assertMessage(
        file("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("b", "F32", "[1]", 3, 7) + "}", 7),
        "tensor `b` begins at byte 3 of the data,"
            + " overlapping the one before, which ends at byte 4");
    assertMessage(
        file("{" + entry("w", "F32", "[1]", 9007199254740992L, 9007199254740993L) + "}", 0),
        "tensor `w`: 9007199254740993 is not an integer in 0..9007199254740992");
  }

  @Test
  void bothOffsetsHaveALimit() {
    assertMessage(
        file("{" + entry("w", "F32", "[1]", 9007199254740993L, 0) + "}", 0),
        "tensor `w`: 9007199254740993 is not an integer in 0..9007199254740992");
  }

  @Test
  void tensorsOfMoreThanAnArrayHolds() {
    String shape = "[2147483640]";
    assertMessage(
        file("{" + entry("w", "F32", shape, 0, 8589934560L) + "}", 0),
        "tensor `w` has 2147483640 elements, more than 2147483639");
    assertMessage(
        file("{" + entry("w", "F32", "[2147483639]", 0, 8589934556L) + "}", 0),
        "the tensors end at byte 8589934556 of the data, which has 0 bytes");
  }

  @Test
  void descriptionsHaveTheRightKinds() {
    assertRefused(
        "\"w\": {\"dtype\": 1, \"shape\": [], \"data_offsets\": [0, 4]}",
        4,
        "`w` is not described");
    assertRefused(
        "\"w\": {\"dtype\": \"F32\", \"shape\": 1, \"data_offsets\": [0, 4]}",
        4,
        "`w` is not described");
  }

  @Test
  void emptyTensorsStandBesideOthersInAnyOrder() throws FormatException {
    String full = entry("full", "F32", "[1]", 0, 4);
    String empty = entry("empty", "F32", "[0]", 0, 0);
    for (String entries : List.of(full + "," + empty, empty + "," + full)) {
      assertThat(Safetensors.read(file("{" + entries + "}", 4)).tensors()).hasSize(2);
    }
  }

  @Test
  void metadataIsReadAsWritten() throws FormatException {
    Map<String, String> metadata = Map.of("b", "2", "a", "x\"\n");
    byte[] file = Safetensors.write(weights(), new TreeMap<>(metadata));
    assertThat(Safetensors.metadata(file)).isEqualTo(metadata);
    Safetensors.Contents contents = Safetensors.contents(file);
    assertThat(contents.metadata()).isEqualTo(metadata);
    assertThat(contents.weights().tensors()).containsOnlyKeys("a", "b", "none", "scalar");
    assertThatThrownBy(() -> contents.metadata().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Safetensors.metadata(Safetensors.write(weights()))).isEmpty();
    assertThat(new String(Safetensors.write(weights()), StandardCharsets.ISO_8859_1))
        .doesNotContain("__metadata__");
    byte[] bad = file("{\"__metadata__\": {\"format\": 1}}", 0);
    assertThatThrownBy(() -> Safetensors.metadata(bad))
        .isInstanceOf(FormatException.class)
        .hasMessage("`__metadata__` is not an object of strings");
  }

  @Test
  void headersEndWithBlanks() throws FormatException {
    byte[] file = Safetensors.write(weights());
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) buffer.getLong()];
    buffer.get(header);
    assertThat(new String(header, StandardCharsets.UTF_8)).startsWith("{").matches("(?s).*} *");
  }

  /** Such as those within archives. */
  @Test
  void filesOfOtherFileSystemsAreRead(@TempDir Path folder) throws IOException, FormatException {
    Tensor large = Tensor.of("w", ElementType.F64, List.of(140_000), new double[140_000]);
    Path archive = folder.resolve("w.zip");
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = Files.write(files.getPath("w"), Safetensors.write(Weights.of(List.of(large))));
      assertThat(Safetensors.read(file).tensor("w").orElseThrow().digest())
          .isEqualTo(large.digest());
    }
  }
}
