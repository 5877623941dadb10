package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are read piece by piece: whatever they do, a reader has an answer. */
final class LargeFilesTest {

  /** Several pieces, and a rest. */
  private static final int SIZE = 5 * Elements.PIECE + 12345;

  @TempDir private Path folder;

  private static byte[] head(String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
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

  /** A file of one F32 and one F64 tensor that begin {@code shift} bytes after a multiple of 8. */
  private static byte[] twoTensors(int shift, float[] singles, double[] doubles) {
    long middle = (long) singles.length * Float.BYTES;
    long end = middle + (long) doubles.length * Double.BYTES;
    String header =
        "{"
            + entry("single", "F32", "[" + singles.length + "]", 0, middle)
            + ","
            + entry("double", "F64", "[" + doubles.length + "]", middle, end)
            + "}";
    byte[] head = head(header + " ".repeat(Math.floorMod(shift - header.length(), 8)));
    assertThat(head.length % 8).isEqualTo(shift);
    ByteBuffer file = ByteBuffer.allocate(head.length + (int) end).order(ByteOrder.LITTLE_ENDIAN);
    file.put(head);
    for (float value : singles) {
      file.putFloat(value);
    }
    for (double value : doubles) {
      file.putDouble(value);
    }
    return file.array();
  }

  private static float[] singles(SplittableRandom random) {
    float[] values = new float[SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** A file of that length, most of which takes no place on the disk. */
  private Path sparse(String header, long dataLength) throws IOException {
    byte[] head = head(header);
    Path file = folder.resolve("sparse.safetensors");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(head));
      channel.write(ByteBuffer.wrap(new byte[1]), head.length + dataLength - 1);
    }
    return file;
  }

  @Test
  void tensorsAreReadAtEveryByteOffset() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    float[] singles = singles(random);
    double[] doubles = random.doubles(SIZE / 2).toArray();
    for (int shift = 0; shift < 8; shift++) {
      byte[] bytes = twoTensors(shift, singles, doubles);
      Path file = Files.write(folder.resolve(shift + ".safetensors"), bytes);
      for (Weights read : List.of(Safetensors.read(file), Safetensors.read(bytes))) {
        float[] found = new float[SIZE];
        read.tensor("single").orElseThrow().copy(0, found);
        assertThat(found).isEqualTo(singles);
        assertThat(read.tensor("double").orElseThrow().values()).isEqualTo(doubles);
      }
    }
  }

  /** Numbers of two bytes: all that there are but infinities and NaN, over and over. */
  private static short[] halves(StoredType type) {
    int exponent = type == StoredType.F16 ? 0x7c00 : 0x7f80;
    short[] finite = new short[SIZE];
    int next = 0;
    for (int i = 0; i < SIZE; i++) {
      while ((next & exponent) == exponent) {
        next++;
      }
      finite[i] = (short) next++;
    }
    return finite;
  }

  private static byte[] file(StoredType type, short[] halves, int shift) {
    String header =
        "{" + entry("w", type.name(), "[" + halves.length + "]", 0, 2L * halves.length) + "}";
    byte[] head = head(header + " ".repeat(Math.floorMod(shift - header.length(), 8)));
    ByteBuffer file =
        ByteBuffer.allocate(head.length + 2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(head);
    for (short half : halves) {
      file.putShort(half);
    }
    return file.array();
  }

  private static float value(StoredType type, short bits) {
    return type == StoredType.F16
        ? Float.float16ToFloat(bits)
        : Float.intBitsToFloat(Short.toUnsignedInt(bits) << 16);
  }

  @ParameterizedTest
  @EnumSource(
      value = StoredType.class,
      names = {"F16", "BF16"})
  void numbersOfTwoBytesAreTheFloatsThatTheyAre(StoredType type) throws Exception {
    short[] halves = halves(type);
    double[] values = new double[SIZE];
    Arrays.setAll(values, i -> value(type, halves[i]));
    Tensor expected = Tensor.of("w", ElementType.F32, List.of(SIZE), values);
    for (int shift = 0; shift < 8; shift++) {
      byte[] bytes = file(type, halves, shift);
      Path file = Files.write(folder.resolve(type + "-" + shift), bytes);
      // The file is smaller than what is read in pieces; its channel is read in pieces all the
      // same.
      try (FileChannel channel = FileChannel.open(file)) {
        for (Weights read :
            List.of(
                Safetensors.read(file),
                Safetensors.read(bytes),
                Safetensors.contents(channel).weights())) {
          Tensor found = read.tensor("w").orElseThrow();
          assertThat(found.type()).isEqualTo(ElementType.F32);
          assertThat(found.values()).isEqualTo(values);
          assertThat(found.digest()).isEqualTo(expected.digest());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StoredType.class,
      names = {"F16", "BF16"})
  void numbersOfTwoBytesThatAreNotFiniteAreNamed(StoredType type) throws Exception {
    int infinity = type == StoredType.F16 ? 0x7c00 : 0x7f80;
    for (int at : new int[] {0, Elements.PIECE - 1, Elements.PIECE, SIZE - 1}) {
      for (int bits : new int[] {infinity, infinity | 1}) {
        short[] halves = halves(type);
        halves[at] = (short) bits;
        byte[] bytes = file(type, halves, 3);
        String message = "tensor `w` holds " + value(type, (short) bits) + " at index " + at;
        assertThatThrownBy(() -> Safetensors.read(bytes)).hasMessage(message);
        Path file = Files.write(folder.resolve("w"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
          assertThatThrownBy(() -> Safetensors.contents(channel)).hasMessage(message);
        }
      }
    }
  }

  @Test
  void theFirstElementThatIsNotFiniteIsNamed() throws Exception {
    float[] singles = new float[SIZE];
    singles[SIZE - 1] = Float.NaN;
    singles[3 * Elements.PIECE] = Float.NEGATIVE_INFINITY;
    singles[2 * Elements.PIECE - 1] = Float.POSITIVE_INFINITY;
    Path file = folder.resolve("w");
    Files.write(file, twoTensors(0, singles, new double[0]));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage("tensor `single` holds Infinity at index " + (2 * Elements.PIECE - 1));
    double[] doubles = new double[SIZE];
    doubles[SIZE - 1] = Double.NaN;
    Files.write(file, twoTensors(0, new float[0], doubles));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage("tensor `double` holds NaN at index " + (SIZE - 1));
  }

  @Test
  void whatWasReadNoLongerDependsOnTheFile() throws Exception {
    float[] singles = singles(new SplittableRandom(2));
    byte[] bytes = twoTensors(3, singles, new double[0]);
    Path file = Files.write(folder.resolve("w"), bytes);
    Tensor tensor = Safetensors.read(file).tensor("single").orElseThrow();
    Digest digest = tensor.digest();
    Files.write(file, new byte[bytes.length]);
    Files.delete(file);
    assertThat(tensor.digest()).isEqualTo(digest);
    assertThat(tensor.get(SIZE - 1)).isEqualTo(singles[SIZE - 1]);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lists what a process has open")
  void nothingStaysOpen() throws Exception {
    Path good = folder.resolve("good.safetensors");
    Files.write(good, twoTensors(0, new float[SIZE], new double[0]));
    Safetensors.read(good);
    Path bad = folder.resolve("bad.safetensors");
    Files.write(bad, new byte[SIZE]);
    assertThatThrownBy(() -> Safetensors.read(bad)).isInstanceOf(FormatException.class);
    assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(".safetensors");
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : open.toList()) {
        // The link of the listing itself is gone by now.
        String target = Files.exists(link) ? Files.readSymbolicLink(link).toString() : "";
        assertThat(target).doesNotEndWith(".safetensors");
      }
    }
  }

  @Test
  void offsetsMayNeedMoreThan31Bits() throws Exception {
    String entries =
        entry("a", "F32", "[20000, 40000]", 0, 3_200_000_000L)
            + ","
            + entry("b", "F32", "[1]", 3_200_000_004L, 3_200_000_008L);
    Path file = sparse("{" + entries + "}", 3_200_000_008L);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "tensor `b` begins at byte 3200000004 of the data, leaving a gap after byte 3200000000");
  }

  @Test
  void tensorsThatNoArrayHoldsAreRefused() throws Exception {
    Path file = sparse("{" + entry("w", "F32", "[65536, 65536]", 0, 1L << 34) + "}", 1L << 34);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage("tensor `w` has 4294967296 elements, more than 2147483639");
  }

  @Test
  void hugeHeadersAreRefused() throws Exception {
    Path file = folder.resolve("sparse.safetensors");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(3_000_000_000L).flip());
      channel.write(ByteBuffer.wrap(new byte[1]), 4_000_000_000L);
    }
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage("the header has 3000000000 bytes, more than 1073741824");
  }

  /**
   * The reader says what happened. The header is long, so that there is time between opening the
   * file and reading its tensors; the attempts find that time. Systems that refuse to shorten an
   * open file leave it whole, and it is read.
   */
  @Test
  void filesThatBecomeShorterWhileTheyAreRead() throws Exception {
    String metadata = "\"__metadata__\": {\"text\": \"" + "x".repeat(4_000_000) + "\"},";
    byte[] head = head("{" + metadata + entry("w", "F32", "[2000000]", 0, 8_000_000) + "}");
    Path file = folder.resolve("shrinking");
    int lost = 0;
    int refused = 0;
    for (int attempt = 0; attempt < 300 && lost < 3 && refused < 3; attempt++) {
      Files.write(file, head);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[8_000_000]), head.length);
        CompletableFuture<Boolean> shortened =
            CompletableFuture.supplyAsync(
                () -> isShortened(channel, head.length + 4096),
                CompletableFuture.delayedExecutor(attempt % 60, TimeUnit.MILLISECONDS));
        try {
          assertThat(Safetensors.read(file).tensor("w").orElseThrow().size()).isEqualTo(2_000_000);
        } catch (FormatException e) {
          assertThat(e).hasMessageContaining("the tensors end at byte 8000000");
        } catch (IOException e) {
          lost += e.getMessage().contains("became shorter") ? 1 : 0;
        } finally {
          refused += shortened.get() ? 0 : 1;
        }
      }
    }
    assertThat(OS.WINDOWS.isCurrentOs() ? refused : lost)
        .as("reads behind the end of the file; on Windows, refusals to shorten")
        .isPositive();
  }

  private static boolean isShortened(FileChannel channel, long size) {
    try {
      channel.truncate(size);
      return true;
    } catch (IOException e) {
      // On Windows, where a file that is open may be locked.
      return false;
    }
  }
}
