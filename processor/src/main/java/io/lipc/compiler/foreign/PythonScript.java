package io.lipc.compiler.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of Python that make another file of a foreign one: resources beside this class. */
enum PythonScript {
  TORCH_WEIGHTS("torch-weights.py"),
  TORCH_STATE("torch-state.py"),
  TORCH_EXPORT("torch-export.py"),
  NUMPY_ARRAYS("numpy-arrays.py"),
  NUMPY_ARRAY("numpy-array.py"),
  KERAS_WEIGHTS("keras-weights.py"),
  KERAS_EXPORT("keras-export.py");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(file|weights|onnx)}");

  private final String resource;

  PythonScript(String resource) {
    this.resource = resource;
  }

  /**
   * The lines for one file.
   *
   * @param file its name
   * @param stem the name without its extension, which files of weights and models get
   */
  List<String> lines(String file, String stem) {
    Map<String, String> names =
        Map.of("file", file, "weights", stem + ".safetensors", "onnx", stem + ".onnx");
    return text().lines().map(line -> named(line, names)).toList();
  }

  private static String named(String line, Map<String, String> names) {
    return PLACEHOLDER
        .matcher(line)
        .replaceAll(
            found -> Matcher.quoteReplacement(Objects.requireNonNull(names.get(found.group(1)))));
  }

  private String text() {
    try (InputStream in = PythonScript.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
