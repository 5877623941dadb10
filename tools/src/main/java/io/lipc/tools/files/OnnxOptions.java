package io.lipc.tools.files;

import io.lipc.linalg.Deadline;
import io.lipc.onnx.OnnxChoice;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.tools.command.InputError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that reads a model: what an ONNX file leaves open. */
public final class OnnxOptions {

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "Which output of an ONNX model is the network's, where it has several; nodes that"
              + " only others need are left out. Default: the only one.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--shape",
      paramLabel = "NAME=N,N,...",
      description =
          "The extents of an input of an ONNX model that may be any numbers, such as"
              + " x=1,3,48,192. May be given several times, once for each input. Default: the"
              + " extents that the file states.")
  private List<String> shapes = new ArrayList<>();

  /** Whether something is said. */
  public boolean isGiven() {
    return output.isPresent() || !shapes.isEmpty();
  }

  /** The options as they are to be written again. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    output.ifPresent(name -> words.addAll(List.of("--output", name)));
    shapes.forEach(shape -> words.addAll(List.of("--shape", shape)));
    return words;
  }

  /**
   * The model in a file.
   *
   * @throws InputError if it cannot be read, or the options are about a model of another format
   */
  public Model read(Path file) throws InputError {
    return read(file, Deadline.NONE);
  }

  /**
   * The model in a file.
   *
   * @param deadline when reading it has to end
   * @throws InputError if it cannot be read by then, or at all, or the options are about a model of
   *     another format
   */
  public Model read(Path file, Deadline deadline) throws InputError {
    boolean onnx = file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    if (output.isPresent() && !onnx) {
      throw new InputError("--output chooses an output of an ONNX model, and " + file + " is none");
    }
    if (!shapes.isEmpty() && !onnx) {
      throw new InputError(
          "--shape gives the extents of an input of an ONNX model, and " + file + " is none");
    }
    try {
      return Model.read(file, OnnxChoice.of(output, shapes), deadline);
    } catch (OnnxException e) {
      throw new InputError(e.getMessage());
    }
  }
}
