package io.lipc.onnx;

import io.lipc.onnx.graph.SiblingFiles;
import io.lipc.onnx.protobuf.Budget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The source of a model: its file, the files beside it, and the chosen output.
 *
 * @param content the bytes of its file, which nobody changes
 * @param beside the files that the model may name
 * @param output the name of the output that is the network's; empty for the only one
 */
public record OnnxSource(byte[] content, SiblingFiles beside, Optional<String> output) {

  /** A model without a folder, so that one which names other files is refused. */
  public static OnnxSource of(byte[] content) {
    return new OnnxSource(content, SiblingFiles.none(), Optional.empty());
  }

  /**
   * A file, with those beside it.
   *
   * @throws IOException if it cannot be read
   */
  public static OnnxSource of(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    SiblingFiles beside = parent == null ? SiblingFiles.none() : SiblingFiles.of(parent);
    try (InputStream in = Files.newInputStream(file)) {
      return new OnnxSource(in.readNBytes(Budget.MAX_BYTES + 1), beside, Optional.empty());
    }
  }

  /** The same model, of which another output may be the network's. */
  public OnnxSource withOutput(Optional<String> name) {
    return new OnnxSource(content, beside, name);
  }
}
