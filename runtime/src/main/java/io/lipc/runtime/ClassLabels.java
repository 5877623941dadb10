package io.lipc.runtime;

import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the outputs of a classifier. They stand beside the tensors, in the metadata of the
 * weights' file: a JSON array of texts under the key {@value #KEY}. No proof depends on them.
 *
 * @param names one for each output, in the order of the outputs, all different
 */
public record ClassLabels(List<String> names) {

  /** The key in a safetensors file's metadata under which the names stand. */
  public static final String KEY = "lipc.labels";

  /**
   * The names in their order.
   *
   * @throws IllegalArgumentException if there are none, or two are the same
   */
  public ClassLabels {
    names = List.copyOf(names);
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("the labels of classes have to differ: " + names);
    }
  }

  /**
   * The names in the metadata of a file, if it has any.
   *
   * @throws FormatException if what stands there is not an array of different texts
   */
  public static Optional<ClassLabels> in(Map<String, String> metadata) throws FormatException {
    String text = metadata.get(KEY);
    return text == null ? Optional.empty() : Optional.of(read(text));
  }

  private static ClassLabels read(String text) throws FormatException {
    if (!(Json.read(text) instanceof JsonArray array)) {
      throw new FormatException("`" + KEY + "` in the metadata is not an array of texts");
    }
    List<String> names = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonString name)) {
        throw new FormatException("`" + KEY + "` in the metadata is not an array of texts");
      }
      names.add(name.value());
    }
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw new FormatException(
          "`" + KEY + "` in the metadata has no labels, or one of them twice");
    }
    return new ClassLabels(names);
  }

  /** The names as the metadata of a file has them. */
  public String text() {
    return Json.write(new JsonArray(names.stream().<JsonValue>map(JsonString::new).toList()));
  }
}
