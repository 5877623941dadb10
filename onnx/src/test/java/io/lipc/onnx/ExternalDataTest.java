package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static io.lipc.onnx.OnnxFile.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.graph.SiblingFiles;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that stand in a file beside the model are those that are read, or it is refused. */
final class ExternalDataTest {

  private static final String AGAIN = "; save the model again";
  private static final String ALLOWED =
      ", and ONNX allows the path of a file from the model's folder, with / between folders, that stays"
          + " below it; save the model again, so that its files lie beside it";
  private static final String CANNOT = " (external_data), which cannot be read: ";
  private static final String COPY =
      "; copy the file itself into the model's folder, or save the model as one, in Python:"
          + " onnx.save(onnx.load(\"MODEL.onnx\"), \"ONE.onnx\", save_as_external_data=False)";

  @TempDir private Path folder;

  private static Proto external(Proto tensor, String... entries) {
    for (int i = 0; i < entries.length; i += 2) {
      tensor.message(13, new Proto().text(1, entries[i]).text(2, entries[i + 1]));
    }
    return tensor.integer(14, 1);
  }

  private static Proto matrix(String... entries) {
    return external(OnnxFile.tensor(FLOAT, List.of(2, 2)), entries);
  }

  /** {@code relu(x W)}. */
  private static OnnxFile product(Proto matrix) {
    return OnnxFile.floats(2, 2)
        .initialiser("w", matrix)
        .node("MatMul", "x w", "h")
        .node("Relu", "h", "y");
  }

  private static byte[] floats(int before, double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(before + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(before);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return bytes.array();
  }

  private OnnxModel read(OnnxFile file) throws IOException, OnnxException {
    Path model = folder.resolve("m.onnx");
    Files.write(model, file.bytes());
    return OnnxModel.read(model, "Net", 1);
  }

  private void assertRefused(Proto matrix, String message) {
    assertThatThrownBy(() -> read(product(matrix)))
        .isInstanceOf(OnnxException.class)
        .hasMessage("initialiser `w` " + message);
  }

  private static double[] weights(OnnxModel model, String name) {
    return model.weights().tensor(name).orElseThrow().values();
  }

  /**
   * Names come from the model: none is repeated as it is, nor is a folder of this machine named.
   */
  @Test
  void what_the_system_says_is_repeated_without_paths() throws IOException {
    Files.write(folder.resolve("a\u202eb"), floats(0, 1, 0, 0, 3));
    Files.createSymbolicLink(folder.resolve("loop\u202e"), Path.of("loop\u202e"));
    for (String name : List.of("a\u202eb/c", "loop\u202e", "\u009b".repeat(300))) {
      assertThatThrownBy(() -> read(product(matrix("location", name))))
          .isInstanceOf(OnnxException.class)
          .hasMessageContaining(CANNOT)
          .hasMessageEndingWith(COPY)
          .message()
          .doesNotContain(folder.toString(), "\u202e", "\u009b");
    }
  }

  /** The files that the tests of other modules read, too. */
  @Test
  void the_example_is_read_as_onnx_runtime_does() throws Exception {
    Path shared = Path.of("src/test/resources/external").toAbsolutePath();
    OnnxFile example = product(matrix("location", "net.bin", "offset", "16", "length", "16"));
    if (Boolean.getBoolean("updateGoldens")) {
      Files.write(shared.resolve("net.onnx"), example.bytes());
      Files.write(shared.resolve("net.bin"), floats(16, 1, 0, 0, 3));
    }
    assertThat(shared.resolve("net.onnx")).hasBinaryContent(example.bytes());
    assertThat(shared.resolve("net.bin")).hasBinaryContent(floats(16, 1, 0, 0, 3));
    OnnxModel model = OnnxModel.read(shared.resolve("net.onnx"), "Net", 1);
    assertThat(weights(model, "layer1.weight")).containsExactly(1, 0, 0, 3);
    assertThat(model.files()).containsExactly("net.bin");
    assertThat(Agreement.check(shared.resolve("net.onnx"))).isLessThan(1e-6);
  }

  @Test
  void all_types_are_read_wherever_tensors_stand() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putDouble(0.1).putDouble(-3).putLong(-1).putLong(2);
    bytes.putShort(Float.floatToFloat16(0.5f)).putShort(Float.floatToFloat16(-2));
    bytes.putFloat(0.1f).putFloat(7);
    Files.createDirectories(folder.resolve("a/b"));
    Files.write(folder.resolve("a/b/all"), bytes.array());
    String[] at = {"location", "./a/./b/all", "offset", ""};
    OnnxModel model =
        read(
            OnnxFile.floats(2, 2)
                .initialiser("d", external(OnnxFile.tensor(DOUBLE, List.of(2)), at(at, "0", "16")))
                .initialiser("s", external(OnnxFile.tensor(INT64, List.of(2)), at(at, "16", "16")))
                .initialiser("h", external(OnnxFile.tensor(10, List.of(2)), at(at, "32", "4")))
                .node(
                    "Constant",
                    "",
                    "f",
                    attribute(
                        "value", external(OnnxFile.tensor(FLOAT, List.of(2)), at(at, "36", "8"))))
                .node("Add", "x d", "p")
                .node("Reshape", "p s", "q")
                .node("Add", "q h", "r")
                .node("Add", "r f", "y"));
    double[] expected = {0.1 + 0.5 + 0.1f, -3 - 2 + 7.0};
    assertThat(Agreement.interpreter(model).apply(new double[2])).containsExactly(expected);
    assertThat(model.files()).containsExactly("a/b/all");
  }

  private static String[] at(String[] place, String offset, String length) {
    return new String[] {place[0], place[1], place[2], offset, "length", length};
  }

  @Test
  void tensors_may_share_bytes_and_see_the_same_ones_of_a_file_that_changes() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    SiblingFiles changing = (_, _) -> floats(0, 1, 2, 3, 4, 5, 10 * reads.incrementAndGet());
    OnnxFile file =
        OnnxFile.floats(2, 2)
            .initialiser("v", matrix("location", "d", "offset", "0", "length", "16"))
            .initialiser("w", matrix("location", "./d", "offset", "8", "length", "16"))
            .node("MatMul", "x v", "h")
            .node("MatMul", "h w", "y");
    OnnxSource source = new OnnxSource(file.bytes(), changing, OnnxChoice.none());
    OnnxModel model = OnnxModel.read(source, "Net", 1);
    assertThat(weights(model, "layer1.weight")).containsExactly(1, 3, 2, 4);
    assertThat(weights(model, "layer2.weight")).containsExactly(3, 5, 4, 10);
    assertThat(reads).hasValue(1);
  }

  static Stream<Arguments> places() {
    String named = "has its numbers in the file `%s`, ";
    String character = "a name with a character that no portable name has" + ALLOWED;
    String path = "a path that does not lead down to a file" + ALLOWED;
    String empty = "has its numbers in a file whose name is empty" + ALLOWED;
    return Stream.of(
        Arguments.of("", empty),
        Arguments.of(" ", empty),
        Arguments.of(
            "/etc/hostname",
            named.formatted("/etc/hostname") + "a path that is absolute" + ALLOWED),
        Arguments.of("..", named.formatted("..") + path),
        Arguments.of("../w", named.formatted("../w") + path),
        Arguments.of("a/../../w", named.formatted("a/../../w") + path),
        Arguments.of("a/../w", named.formatted("a/../w") + path),
        Arguments.of("a//w", named.formatted("a//w") + path),
        Arguments.of("w/", named.formatted("w/") + path),
        Arguments.of(".", named.formatted(".") + path),
        Arguments.of("..\\w", named.formatted("..\\\\w") + character),
        Arguments.of("C:w", named.formatted("C:w") + character),
        Arguments.of("a\0b", named.formatted("a\\u0000b") + character),
        Arguments.of("a\nb", named.formatted("a\\u000ab") + character));
  }

  @ParameterizedTest
  @MethodSource("places")
  void places_that_onnx_does_not_allow(String location, String clause) throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve("w"), floats(0, 1, 2, 3, 4));
    assertRefused(matrix("location", location, "length", "16"), clause);
  }

  static Stream<Arguments> entries() {
    String bytes = " in its external_data, which is not a number of bytes" + AGAIN;
    String where = "has its numbers in the file `w`, ";
    String cut =
        "; it is cut off, or belongs to another model: copy it again, or save the model again";
    return Stream.of(
        Arguments.of("offset", "-1", "has the offset `-1`" + bytes),
        Arguments.of("offset", "+4", "has the offset `+4`" + bytes),
        Arguments.of("offset", "0x4", "has the offset `0x4`" + bytes),
        Arguments.of("offset", "", "has the offset ``" + bytes),
        Arguments.of(
            "offset", "9223372036854775807", "has the offset `9223372036854775807`" + bytes),
        Arguments.of("length", "\u0661\u0666", "has the length `\\u0661\\u0666`" + bytes),
        Arguments.of(
            "length",
            "12",
            "has 12 bytes in the file `w`, and its type and shape ask for 16" + AGAIN),
        Arguments.of(
            "offset",
            "8",
            "has 12 bytes in the file `w`, from byte 8 to the end as it says no length, and its type"
                + " and shape ask for 16"
                + AGAIN),
        Arguments.of(
            "offset",
            "21",
            "has 0 bytes in the file `w`, from byte 21 to the end as it says no length, and its type"
                + " and shape ask for 16"
                + AGAIN),
        Arguments.of(
            "offset 5", "16", where + "16 bytes from byte 5 on, and that has 20 bytes" + cut),
        Arguments.of(
            "offset 999999999999999999",
            "16",
            where + "16 bytes from byte 999999999999999999 on, and that has 20 bytes" + cut),
        Arguments.of(
            "basepath",
            "x",
            "has `basepath` in its external_data, and lipc reads location, offset, length, checksum;"
                + " save the model again without it"),
        Arguments.of("location", "v", "has `location` twice in its external_data" + AGAIN),
        Arguments.of(
            "checksum",
            "12ab",
            "has the checksum `12ab` in its external_data, which is not a SHA-1 of 40 digits"
                + AGAIN));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entries_that_do_not_fit(String key, String value, String clause) throws IOException {
    Files.write(folder.resolve("w"), floats(4, 1, 2, 3, 4));
    String[] words = key.split(" ", -1);
    assertRefused(
        words.length == 1
            ? matrix("location", "w", key, value)
            : matrix("location", "w", words[0], words[1], "length", value),
        clause);
  }

  @Test
  void numbers_have_one_place() throws IOException {
    Files.write(folder.resolve("w"), floats(0, 1, 2, 3, 4));
    assertRefused(matrix(), "has its numbers in another file, and does not name it" + AGAIN);
    assertRefused(
        external(OnnxFile.raw(FLOAT, List.of(2, 2), 1, 2, 3, 4), "location", "w"),
        "has its numbers twice, in the model and in another file" + AGAIN);
    assertRefused(
        matrix("location", "w").packedFloats(4, 1, 2, 3, 4),
        "has its numbers twice, in the model and in another file" + AGAIN);
    assertRefused(
        matrix("location", "w").integer(14, 0),
        "names a file of its numbers (external_data), and says that they are in the model"
            + " (data_location)"
            + AGAIN);
    assertRefused(
        matrix("location", "w").integer(14, 2),
        "has its numbers at a place that ONNX does not have (data_location = 2)" + AGAIN);
  }

  @Test
  void files_that_are_not_there_or_no_files() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    String named = "has its numbers in the file `%s`" + CANNOT + "%s" + COPY;
    String absent = "there is no such file beside the model";
    assertRefused(matrix("location", "gone"), named.formatted("gone", absent));
    assertRefused(matrix("location", "a/gone"), named.formatted("a/gone", absent));
    assertRefused(matrix("location", "a"), named.formatted("a", "it is not a regular file"));
    assertThatThrownBy(() -> OnnxModel.read(product(matrix("location", "w")).bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "initialiser `w` " + named.formatted("w", "the model is read without its folder"));
  }

  @Test
  void links_may_not_lead_out_of_the_folder(@TempDir Path elsewhere) throws Exception {
    byte[] numbers = floats(0, 1, 2, 3, 4);
    Path outside = Files.write(elsewhere.resolve("w"), numbers);
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve("a/w"), numbers);
    Files.createSymbolicLink(folder.resolve("out"), outside);
    Files.createSymbolicLink(folder.resolve("folder"), elsewhere);
    Files.createSymbolicLink(folder.resolve("in"), Path.of("a/w"));
    String leaves = CANNOT + "it is a link that leaves the folder of the model" + COPY;
    assertRefused(matrix("location", "out"), "has its numbers in the file `out`" + leaves);
    assertRefused(
        matrix("location", "folder/w"), "has its numbers in the file `folder/w`" + leaves);
    assertThat(weights(read(product(matrix("location", "in"))), "layer1.weight"))
        .containsExactly(1, 3, 2, 4);
    // A model that is a link itself is one of the folder where it is named.
    Files.move(folder.resolve("m.onnx"), elsewhere.resolve("m.onnx"));
    Files.createSymbolicLink(folder.resolve("link.onnx"), elsewhere.resolve("m.onnx"));
    assertThat(OnnxModel.read(folder.resolve("link.onnx"), "Net", 1).files()).containsExactly("in");
  }

  @Test
  void a_checksum_that_is_there_has_to_hold() throws Exception {
    byte[] numbers = floats(0, 1, 2, 3, 4);
    Files.write(folder.resolve("w"), numbers);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(numbers));
    assertThat(read(product(matrix("location", "w", "checksum", sum))).files()).contains("w");
    assertThat(
            read(product(matrix("location", "w", "checksum", sum.toUpperCase(Locale.ROOT))))
                .files())
        .contains("w");
    numbers[15] ^= 1;
    Files.write(folder.resolve("w"), numbers);
    String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(numbers));
    assertRefused(
        matrix("location", "w", "checksum", sum),
        "has its numbers in the file `w` with the SHA-1 "
            + sum
            + ", and the file beside the model has "
            + found
            + "; it was changed or belongs to another model: copy it again, or save the model again");
  }

  @Test
  void files_count_as_the_model_does() {
    byte[] model = product(matrix("location", "w", "length", "16")).bytes();
    AtomicInteger asked = new AtomicInteger();
    SiblingFiles endless =
        (_, most) -> {
          asked.set(most);
          return new byte[most + 1];
        };
    OnnxSource source = new OnnxSource(model, endless, OnnxChoice.none());
    assertThatThrownBy(() -> OnnxModel.read(source, "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "initialiser `w` has its numbers in the file `w`, and lipc reads 268435456 bytes of a"
                + " model, with the files beside it");
    assertThat(asked).hasValue(Budget.MAX_BYTES - model.length);
  }

  @Test
  void every_beginning_of_the_file_is_refused() throws Exception {
    byte[] numbers = floats(16, 1, 2, 3, 4);
    OnnxFile file = product(matrix("location", "w", "offset", "16", "length", "16"));
    for (int length = 0; length < numbers.length; length++) {
      Files.write(folder.resolve("w"), Arrays.copyOf(numbers, length));
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(OnnxException.class)
          .hasMessageContaining("and that has " + length + " bytes; it is cut off");
    }
    Files.write(folder.resolve("w"), Arrays.copyOf(numbers, numbers.length + 1));
    assertThat(read(file).files()).containsExactly("w");
  }

  /** A file that no layer reads may be absent, as it may be anything else. */
  @Test
  void numbers_that_nothing_reads_are_not_looked_for() throws Exception {
    OnnxFile file =
        OnnxFile.floats(2, 2).initialiser("v", matrix("location", "gone")).node("Relu", "x", "y");
    assertThat(read(file).files()).isEmpty();
  }
}
