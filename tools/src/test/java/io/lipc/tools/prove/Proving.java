package io.lipc.tools.prove;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.tools.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code lipc prove} on small networks and queries in a folder. */
abstract class Proving extends CommandRun {

  /** Two inputs from -1 to 1, and two outputs. */
  static final String HEAD =
      """
      (vnnlib-version <2.0>)
      (declare-network f (declare-input X real [2]) (declare-output Y real [2]))
      (assert (and (<= X[0] 1.0) (>= X[0] -1.0) (<= X[1] 1.0) (>= X[1] -1.0)))
      """;

  static final Path ROOT = Path.of(System.getProperty("lipc.root"));

  @TempDir Path folder;

  final Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  final String path(String name) {
    return folder.resolve(name).toString();
  }

  final String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /** Each output is {@link #bent} of its input: it rises from -2.25 to 2.25. */
  final void writeBent() throws IOException {
    write(
        "net.lip",
        """
        network Net(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 9;
          steep = x |> scale(3) |> hard_tanh;
          all = x |> scale(2.25);
          inner = all |> hard_tanh |> scale(-1);
          return steep + all + inner;
        }
        """);
  }

  static double bent(double x) {
    return Math.clamp(3 * x, -1.0, 1.0) + 2.25 * x - Math.clamp(2.25 * x, -1.0, 1.0);
  }

  final void writeRelu() throws IOException {
    write(
        "relu.lip",
        """
        network Relu(x: real[1]) -> real[1] {
          certify lipschitz <= 1;
          return x |> relu;
        }
        """);
  }

  /** Options that end as a file of the folder does are files there. */
  final int prove(String model, String query, String... options) {
    List<String> arguments = new ArrayList<>(List.of("prove", path(model), path(query)));
    for (String option : options) {
      arguments.add(option.matches("[a-z0-9-]+\\.(json|txt)") ? path(option) : option);
    }
    if (!arguments.contains("--budget")) {
      // A virtual machine that has run for long has used up half of the usual one.
      arguments.add("--budget=2m");
    }
    return run(arguments.toArray(String[]::new));
  }

  final Map<String, JsonValue> members() throws Exception {
    return ((JsonObject) Json.read(out.strip())).members();
  }
}
