package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.protobuf.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The place that a tensor names for its numbers (external_data): in a file beside the model.
 *
 * @param file its path from the model's folder
 * @param offset of the first byte
 * @param length in bytes; empty if it is not said, so that they go to the end of the file
 * @param checksum the SHA-1 of the whole file in lower-case hexadecimal digits, if it is said
 */
record ExternalLocation(
    String file, long offset, Optional<Long> length, Optional<String> checksum) {

  private static final List<String> KEYS = List.of("location", "offset", "length", "checksum");

  /** The clause of a message on a location that ONNX does not allow. */
  private static final String WANTED =
      ", and ONNX allows the path of a file from the model's folder, with / between folders, that stays"
          + " below it; save the model again, so that its files lie beside it";

  /** The place that the entries of {@code tensor} name; messages call the tensor {@code what}. */
  static ExternalLocation read(Message tensor, String what) throws OnnxException {
    Map<String, String> entries = new HashMap<>();
    for (Message entry : tensor.messages(13, Schema.ENTRY, "the external_data of " + what)) {
      String key = entry.text(1);
      if (!KEYS.contains(key)) {
        throw new OnnxException(
            "%s has %s in its external_data, and lipc reads %s; save the model again without it"
                .formatted(what, OnnxException.quote(key), String.join(", ", KEYS)));
      }
      if (entries.put(key, entry.text(2)) != null) {
        throw new OnnxException(
            what + " has `" + key + "` twice in its external_data; save the model again");
      }
    }
    String location = entries.get("location");
    if (location == null) {
      throw new OnnxException(
          what + " has its numbers in another file, and does not name it; save the model again");
    }
    return new ExternalLocation(
        path(location, what),
        number(entries, "offset", what).orElse(0L),
        number(entries, "length", what),
        checksum(entries, what));
  }

  /** The path without the steps that lead nowhere. */
  private static String path(String location, String what) throws OnnxException {
    String fault = what + " has its numbers in the file " + OnnxException.quote(location);
    if (location.isBlank()) {
      throw new OnnxException(what + " has its numbers in a file whose name is empty" + WANTED);
    }
    if (location.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':')) {
      throw new OnnxException(
          fault + ", a name with a character that no portable name has" + WANTED);
    }
    if (location.startsWith("/")) {
      throw new OnnxException(fault + ", a path that is absolute" + WANTED);
    }
    List<String> parts = new ArrayList<>(List.of(location.split("/", -1)));
    parts.removeIf("."::equals);
    if (parts.isEmpty() || parts.contains("..") || parts.contains("")) {
      throw new OnnxException(fault + ", a path that does not lead down to a file" + WANTED);
    }
    return String.join("/", parts);
  }

  /** Decimal digits and nothing else, so that all readers take them for the same number. */
  private static Optional<Long> number(Map<String, String> entries, String key, String what)
      throws OnnxException {
    String text = entries.get(key);
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new OnnxException(
          "%s has the %s %s in its external_data, which is not a number of bytes; save the model again"
              .formatted(what, key, OnnxException.quote(text)));
    }
    return Optional.of(Long.parseLong(text));
  }

  private static Optional<String> checksum(Map<String, String> entries, String what)
      throws OnnxException {
    String text = entries.get("checksum");
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("[0-9a-fA-F]{40}")) {
      throw new OnnxException(
          "%s has the checksum %s in its external_data, which is not a SHA-1 of 40 digits; save the"
                  .formatted(what, OnnxException.quote(text))
              + " model again");
    }
    return Optional.of(text.toLowerCase(Locale.ROOT));
  }
}
