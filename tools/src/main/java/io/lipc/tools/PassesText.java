package io.lipc.tools;

import io.lipc.kernels.pass.Lowering;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.page.LayerText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The networks of a model, as each pass of the compiler leaves them. */
final class PassesText {

  private PassesText() {}

  /**
   * Reads a model and prints its networks, in the order of their names.
   *
   * @throws InputError if it cannot be read, or one of its networks has faults
   */
  static String of(Path file, OnnxOptions onnx) throws InputError {
    Map<String, CheckedNetwork> networks =
        ModelNetworks.read(onnx.read(file), file).withoutFaults();
    return networks.values().stream().map(PassesText::of).collect(Collectors.joining("\n"));
  }

  private static String of(CheckedNetwork checked) {
    return "network %s (%s)%n".formatted(checked.network().name(), checked.network().precision())
        + section("layers", layers(checked))
        + Lowering.passes(checked).stream()
            .map(pass -> section(pass.name(), pass.text()))
            .collect(Collectors.joining());
  }

  private static String section(String title, String text) {
    return "\n" + title + "\n" + text;
  }

  /** One layer a line: its name, what it does, what it reads, and the shape that it gives. */
  private static String layers(CheckedNetwork checked) {
    StringBuilder text = new StringBuilder();
    List<Layer> layers = checked.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      String read =
          layers.get(i).operands().stream()
              .map(checked.stepNames()::get)
              .collect(Collectors.joining(", "));
      text.append("  ").append(checked.stepNames().get(i)).append(": ");
      text.append(LayerText.operation(layers.get(i)));
      text.append(read.isEmpty() ? "" : " of " + read);
      text.append(" -> ").append(LayerText.shape(layers.get(i).shape())).append('\n');
    }
    return text.toString();
  }
}
