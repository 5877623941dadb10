package io.lipc.tools;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.runtime.ClassLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder with {@code net.lip}, the network Net of three outputs, and {@code net.safetensors}. Its
 * norm is 5, and those of the differences of its rows are 5, sqrt(18) and 1.
 */
public final class LinearOfThree {

  /** The clause that asks for bounds of pairs. */
  public static final String PAIRS = "certify pairs;";

  public static final List<String> LABELS = List.of("flat", "round", "square");

  private LinearOfThree() {}

  /** The declaration with its weights, which know their labels. */
  public static void write(Path folder, String clause) throws IOException, FormatException {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Net(x: real[2] in [-4, 4]) -> real[3] {
            certify lipschitz <= 5.5;
            %s
            weights "net.safetensors";
            y = x |> dense(3, bias = false);
            return y;
        }
        """
            .formatted(clause));
    writeWeights(folder, 3, 0, 0, 4, 0, 3);
  }

  /** Other rows. */
  public static void writeWeights(Path folder, double... rows) throws IOException, FormatException {
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(3, 2), rows);
    Files.write(
        folder.resolve("net.safetensors"),
        Safetensors.write(
            Weights.of(List.of(weight)),
            new TreeMap<>(Map.of(ClassLabels.KEY, new ClassLabels(LABELS).text()))));
  }
}
