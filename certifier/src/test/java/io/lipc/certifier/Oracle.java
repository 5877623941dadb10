package io.lipc.certifier;

import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A network of the shared oracles, with its reference values. */
public record Oracle(
    String name, boolean chain, TestNetwork network, JsonValue.JsonObject reference) {

  public static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty("lipc.shared"))
        .map(shared -> Path.of(shared, "data", "oracles"))
        .filter(Files::isDirectory);
  }

  public static List<Oracle> all() throws IOException {
    try (Stream<Path> files = Files.list(folder().orElseThrow().resolve("nets"))) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().map(Oracle::read).toList();
    }
  }

  private static Oracle read(Path file) {
    JsonValue.JsonObject json = json(file);
    double[][][] weights = matrices(json, "weights");
    double[][] biases = matrix(json.members().get("biases"));
    Optional<double[][]> skip =
        json.members().get("A") instanceof JsonValue.JsonNull
            ? Optional.empty()
            : Optional.of(matrix(json.members().get("A")));
    String activation = ((JsonValue.JsonString) json.members().get("activation")).value();
    double slope = matrixRow(json.members().get("slope"))[0];
    TestNetwork network = TestNetwork.of(weights[0][0].length);
    int at = 0;
    for (int k = 0; k < weights.length; k++) {
      at = network.dense(at, weights[k], biases[k]);
      if (k < weights.length - 1) {
        at = activate(network, at, activation, slope);
      }
    }
    if (skip.isPresent()) {
      network.sum(network.dense(0, skip.get()), at);
    }
    return new Oracle(
        ((JsonValue.JsonString) json.members().get("name")).value(),
        skip.isEmpty(),
        network,
        (JsonValue.JsonObject) json.members().get("reference"));
  }

  static int activate(TestNetwork network, int at, String activation, double slope) {
    return switch (activation) {
      case "leaky" -> network.activate(at, PointwiseKind.LEAKY_RELU, slope);
      default -> network.activate(at, ActivationKind.named(activation).orElseThrow());
    };
  }

  public double reference(String key) {
    return number(reference.members().get(key));
  }

  static JsonValue.JsonObject json(Path file) {
    try {
      return (JsonValue.JsonObject) Json.read(Files.readString(file));
    } catch (IOException | FormatException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  static double[][][] matrices(JsonValue.JsonObject json, String key) {
    return ((JsonValue.JsonArray) json.members().get(key))
        .elements().stream().map(Oracle::matrix).toArray(double[][][]::new);
  }

  static double[][] matrix(JsonValue value) {
    return ((JsonValue.JsonArray) value)
        .elements().stream().map(Oracle::matrixRow).toArray(double[][]::new);
  }

  static double[] matrixRow(JsonValue value) {
    return ((JsonValue.JsonArray) value).elements().stream().mapToDouble(Oracle::number).toArray();
  }

  static double number(JsonValue value) {
    return Double.parseDouble(((JsonValue.JsonNumber) value).text());
  }
}
