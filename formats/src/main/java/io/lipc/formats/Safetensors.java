package io.lipc.formats;

import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The safetensors format: a length in eight bytes, a JSON header of that length, then the elements.
 * Source: the description of the format in the README of huggingface/safetensors.
 *
 * <p>No memory is allocated by a stated length before the length was compared with the file. Files
 * may have any length; a tensor, at most as many elements as an array.
 */
public final class Safetensors {

  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** The format's own limit is 100 MB; its text has to fit an array here. */
  private static final int MAX_HEADER = 1 << 30;

  /** More than any file system holds, and exact in every JSON reader. */
  private static final long MAX_OFFSET = 1L << 53;

  /** Pieces cost more than they save where a file is smaller. */
  private static final int PIECES_FROM = 1 << 20;

  private Safetensors() {}

  /** A tensor of the header; {@code begin} and {@code end} count from the data's start. */
  private record Entry(String name, StoredType type, List<Integer> shape, long begin, long end) {}

  /**
   * The tensors and the metadata of a file.
   *
   * @param weights the tensors, by name
   * @param metadata what it says of itself beside its tensors
   */
  public record Contents(Weights weights, SortedMap<String, String> metadata) {
    public Contents {
      metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
  }

  /**
   * The tensors of a file.
   *
   * @throws FormatException if the tensors do not fill the data exactly, one after the other, if an
   *     element is NaN or infinite, or if a tensor is none of F32, F64, F16 and BF16, of which the
   *     last two are read as F32, exactly
   * @throws IOException if the file cannot be read
   */
  public static Weights read(Path file) throws IOException, FormatException {
    return contents(file).weights();
  }

  /**
   * The tensors of a file whose bytes are in memory.
   *
   * @throws FormatException if the bytes are not a well-formed file, as for {@link #read(Path)}
   */
  public static Weights read(byte[] file) throws FormatException {
    return contents(file).weights();
  }

  /**
   * Tensors and metadata of a file in memory, for a caller that may end the reading earlier.
   *
   * @param look is run every few milliseconds; what it throws is thrown
   * @throws FormatException if the bytes are not a well-formed file, as for {@link #read(Path)}
   */
  public static Contents contents(byte[] file, Runnable look) throws FormatException {
    try {
      return contents(new FileBytes.InMemory(file), look);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tensors and metadata together; throws as {@link #read(Path)} does.
   *
   * <p>Several threads read a large file, and copy each number once, into the array that is then
   * checked, hashed and computed with. The file is neither locked nor trusted to stay as it is: no
   * decision is made about bytes that may still change. If a file is rewritten in its length
   * meanwhile, some numbers may be the old ones and some the new. The digest is that of the numbers
   * that were read, so a certificate is about these, and fits neither of the two files. When this
   * method returns or throws, the file is closed, and may be replaced, on Windows as well.
   */
  public static Contents contents(Path file) throws IOException, FormatException {
    if (!isReadInPieces(file)) {
      return contents(BoundedFile.read(file));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return contents(channel);
    }
  }

  static Contents contents(FileChannel channel) throws IOException, FormatException {
    long size = channel.size();
    Contents contents = contents(new FileBytes.OnDisk(channel, size), () -> {});
    checkLength(size, channel.size());
    return contents;
  }

  /** Other file systems need not have channels, and pipes have no length; both can be read. */
  private static boolean isReadInPieces(Path file) throws IOException {
    return file.getFileSystem().equals(FileSystems.getDefault())
        && Files.isRegularFile(file)
        && Files.size(file) >= PIECES_FROM;
  }

  /**
   * Refuses a file whose length has changed: a part that was cut off and written again meanwhile
   * may be zeros.
   */
  static void checkLength(long before, long after) throws IOException {
    if (before != after) {
      throw new IOException("it had " + before + " bytes, and " + after + " after it was read");
    }
  }

  /**
   * The tensors and metadata of a file whose bytes are in memory.
   *
   * @throws FormatException if the bytes are not a well-formed file, as for {@link #read(Path)}
   */
  public static Contents contents(byte[] file) throws FormatException {
    return contents(file, () -> {});
  }

  private static Contents contents(FileBytes file, Runnable look)
      throws FormatException, IOException {
    byte[] header = header(file);
    Map<String, JsonValue> members = members(header, look);
    long data = Long.BYTES + (long) header.length;
    List<Entry> entries = entries(members, look);
    checkLayout(entries, file.size() - data);
    List<Tensor> tensors = new ArrayList<>();
    for (Entry entry : entries) {
      look.run();
      long begin = data + entry.begin();
      tensors.add(Tensor.copyOf(entry.name(), entry.type(), entry.shape(), file, begin));
    }
    return new Contents(Weights.of(tensors), metadata(members));
  }

  /**
   * The metadata of a file: texts that it carries beside its tensors; empty if there are none.
   *
   * @throws FormatException if its header is not one, or its metadata is not an object of strings
   */
  public static SortedMap<String, String> metadata(byte[] file) throws FormatException {
    try {
      return metadata(members(header(new FileBytes.InMemory(file)), () -> {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, String> metadata(Map<String, JsonValue> members)
      throws FormatException {
    SortedMap<String, String> metadata = new TreeMap<>();
    JsonValue found = members.get(METADATA);
    if (found != null) {
      checkMetadata(found);
      ((JsonObject) found)
          .members()
          .forEach((name, value) -> metadata.put(name, ((JsonString) value).value()));
    }
    return metadata;
  }

  /** The header's text, copied once. */
  private static byte[] header(FileBytes file) throws FormatException, IOException {
    long following = file.size() - Long.BYTES;
    if (following < 0) {
      throw new FormatException("the file ends within the length of its header");
    }
    long length =
        ByteBuffer.wrap(file.read(0, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > following) {
      throw new FormatException(
          "the header claims "
              + Long.toUnsignedString(length)
              + " bytes, but "
              + following
              + " follow");
    }
    if (length > MAX_HEADER) {
      throw new FormatException("the header has " + length + " bytes, more than " + MAX_HEADER);
    }
    return file.read(Long.BYTES, (int) length);
  }

  private static Map<String, JsonValue> members(byte[] header, Runnable look)
      throws FormatException {
    if (header.length == 0 || header[0] != '{') {
      throw new FormatException("the header does not begin with `{`");
    }
    if (!(Json.read(Utf8.text(header, "the header"), look)
        instanceof JsonObject(Map<String, JsonValue> members))) {
      throw new FormatException("the header is not an object");
    }
    return members;
  }

  private static List<Entry> entries(Map<String, JsonValue> members, Runnable look)
      throws FormatException {
    List<Entry> entries = new ArrayList<>();
    for (var member : members.entrySet()) {
      look.run();
      if (member.getKey().equals(METADATA)) {
        checkMetadata(member.getValue());
      } else {
        entries.add(entry(member.getKey(), member.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static void checkMetadata(JsonValue metadata) throws FormatException {
    if (!(metadata instanceof JsonObject(Map<String, JsonValue> members))
        || !members.values().stream().allMatch(JsonString.class::isInstance)) {
      throw new FormatException("`" + METADATA + "` is not an object of strings");
    }
  }

  private static Entry entry(String name, JsonValue value) throws FormatException {
    if (!(value instanceof JsonObject(Map<String, JsonValue> members))
        || members.size() != 3
        || !(members.get("dtype") instanceof JsonString(String dtype))
        || !(members.get("shape") instanceof JsonArray(List<JsonValue> extents))
        || !(members.get("data_offsets") instanceof JsonArray(List<JsonValue> offsets))
        || offsets.size() != 2) {
      throw new FormatException(
          "tensor " + Quoted.code(name) + " is not described by dtype, shape and two data_offsets");
    }
    StoredType type =
        StoredType.of(dtype)
            .orElseThrow(
                () ->
                    new FormatException(
                        "tensor "
                            + Quoted.code(name)
                            + " is of dtype "
                            + Quoted.of(dtype)
                            + "; F32, F64, F16 and BF16 are supported"));
    List<Integer> shape = new ArrayList<>();
    for (JsonValue extent : extents) {
      shape.add((int) integer(name, extent, Integer.MAX_VALUE));
    }
    long begin = integer(name, offsets.get(0), MAX_OFFSET);
    long end = integer(name, offsets.get(1), MAX_OFFSET);
    checkSize(name, type, shape, begin, end);
    return new Entry(name, type, List.copyOf(shape), begin, end);
  }

  private static long integer(String tensor, JsonValue value, long maximum) throws FormatException {
    // Eighteen digits hold every allowed number, so parsing cannot overflow a long.
    if (value instanceof JsonNumber(String text)
        && text.matches("[0-9]{1,18}")
        && Long.parseLong(text) <= maximum) {
      return Long.parseLong(text);
    }
    throw new FormatException(
        "tensor "
            + Quoted.code(tensor)
            + ": "
            + Quoted.of(Json.write(value))
            + " is not an integer in 0.."
            + maximum);
  }

  private static void checkSize(
      String name, StoredType type, List<Integer> shape, long begin, long end)
      throws FormatException {
    long size = Tensor.size(shape);
    boolean tooMany = size > Long.MAX_VALUE / type.bytes();
    long bytes = tooMany ? Long.MAX_VALUE : size * type.bytes();
    if (begin > end || bytes != end - begin) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "tensor %s of shape %s has %d bytes where its shape needs %s",
              Quoted.code(name),
              shape,
              end - begin,
              tooMany ? "too many" : bytes));
    }
    if (size > Elements.MAX_SIZE) {
      throw new FormatException(
          "tensor "
              + Quoted.code(name)
              + " has "
              + size
              + " elements, more than "
              + Elements.MAX_SIZE);
    }
  }

  private static void checkLayout(List<Entry> entries, long dataLength) throws FormatException {
    long expected = 0;
    for (Entry entry : entries) {
      if (entry.begin() != expected) {
        throw new FormatException(
            String.format(
                Locale.ROOT,
                "tensor %s begins at byte %d of the data, %s byte %d",
                Quoted.code(entry.name()),
                entry.begin(),
                entry.begin() < expected
                    ? "overlapping the one before, which ends at"
                    : "leaving a gap after",
                expected));
      }
      expected = entry.end();
    }
    if (expected != dataLength) {
      throw new FormatException(
          "the tensors end at byte "
              + expected
              + " of the data, which has "
              + dataLength
              + " bytes");
    }
  }

  /**
   * The bytes of a safetensors file of the given tensors: equal weights give equal bytes.
   *
   * @return names sorted, the header padded with blanks to a multiple of eight bytes
   * @throws IllegalArgumentException if the elements need more than 2 GiB
   */
  public static byte[] write(Weights weights) {
    return write(weights, new TreeMap<>());
  }

  /**
   * The bytes of a safetensors file of the given tensors with metadata, under the names that they
   * have among the weights; without any metadata, the header has none.
   */
  public static byte[] write(Weights weights, SortedMap<String, String> metadata) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      Map<String, JsonValue> texts = new LinkedHashMap<>();
      metadata.forEach((name, text) -> texts.put(name, new JsonString(text)));
      members.put(METADATA, new JsonObject(texts));
    }
    long end = 0;
    for (Map.Entry<String, Tensor> entry : weights.tensors().entrySet()) {
      Tensor tensor = entry.getValue();
      long begin = end;
      end += (long) tensor.size() * tensor.type().bytes();
      members.put(entry.getKey(), description(tensor, begin, end));
    }
    byte[] header = Json.write(new JsonObject(members)).getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(header.length, ALIGNMENT) * ALIGNMENT;
    long size = Long.BYTES + padded + end;
    if (size > Integer.MAX_VALUE - ALIGNMENT) {
      throw new IllegalArgumentException("tensors of " + size + " bytes");
    }
    ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded)
        .put(header)
        .put(" ".repeat(padded - header.length).getBytes(StandardCharsets.UTF_8));
    weights.tensors().values().forEach(tensor -> tensor.write(file));
    return file.array();
  }

  private static JsonObject description(Tensor tensor, long begin, long end) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("dtype", new JsonString(tensor.type().name()));
    members.put(
        "shape", new JsonArray(tensor.shape().stream().<JsonValue>map(JsonNumber::of).toList()));
    members.put("data_offsets", new JsonArray(List.of(JsonNumber.of(begin), JsonNumber.of(end))));
    return new JsonObject(members);
  }
}
