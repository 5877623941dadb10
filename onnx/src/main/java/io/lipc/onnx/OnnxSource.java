package io.lipc.onnx;

import io.lipc.onnx.graph.SiblingFiles;
import io.lipc.onnx.protobuf.Budget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The source of a model: its file, the files beside it, and the chosen output.
 *
 * @param content the bytes of its file, which nobody changes
 * @param beside the files that the model may name
 * @param choice what the file leaves open
 */
public record OnnxSource(byte[] content, SiblingFiles beside, OnnxChoice choice) {

  /** A model without a folder, so that one which names other files is refused. */
  public static OnnxSource of(byte[] content) {
    return new OnnxSource(content, SiblingFiles.none(), OnnxChoice.none());
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
      return new OnnxSource(in.readNBytes(Budget.MAX_BYTES + 1), beside, OnnxChoice.none());
    }
  }

  /** The same model, of which something else is said. */
  public OnnxSource with(OnnxChoice other) {
    return new OnnxSource(content, beside, other);
  }
}
