package io.lipc.onnx.writing;

import io.lipc.formats.ElementType;
import io.lipc.onnx.protobuf.MessageWriter;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.SortedMap;

/**
 * Writes networks as ONNX models, in standard operators: one input, whose first extent is a batch
 * of any size, and one output. Weights keep their names and every bit; what is computed is the same
 * function of real numbers, but for constants that an operator's attributes round to floats, which
 * is refused where it would change the network.
 */
public final class OnnxExport {

  private static final int VERSION = 1;
  private static final int PRODUCER = 2;
  private static final int GRAPH = 7;
  private static final int OPERATORS = 8;
  private static final int METADATA = 14;

  /** The version of ONNX's format before version 19 of the operators, with which 9 came. */
  private static final int IR_BEFORE = 8;

  private static final int IR_SINCE = 9;
  private static final int OPERATORS_OF_IR_SINCE = 19;

  private OnnxExport() {}

  /**
   * The model of a network.
   *
   * @param metadata what the file says of itself, by keys
   * @throws OnnxException if standard operators cannot say what it computes
   */
  public static byte[] write(OnnxNetwork network, SortedMap<String, String> metadata)
      throws OnnxException {
    GraphWriter graph = new GraphWriter(network.network().precision() == ElementType.F64);
    MessageWriter written = LayerWriter.graph(network, graph);
    boolean since = graph.version() >= OPERATORS_OF_IR_SINCE;
    MessageWriter model =
        new MessageWriter()
            .integer(VERSION, since ? IR_SINCE : IR_BEFORE)
            .text(PRODUCER, "lipc")
            .message(GRAPH, written)
            .message(OPERATORS, new MessageWriter().text(1, "").integer(2, graph.version()));
    metadata.forEach(
        (key, value) -> model.message(METADATA, new MessageWriter().text(1, key).text(2, value)));
    return model.toByteArray();
  }
}
