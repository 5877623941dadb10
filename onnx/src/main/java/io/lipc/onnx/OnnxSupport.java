package io.lipc.onnx;

import io.lipc.onnx.graph.OnnxReader;
import io.lipc.onnx.operator.Operators;
import java.util.List;

/** What is read of ONNX. */
public final class OnnxSupport {

  /** The first version of the operators. */
  public static final int FIRST_OPSET = OnnxReader.FIRST_OPSET;

  /** The last one. */
  public static final int LAST_OPSET = OnnxReader.LAST_OPSET;

  private OnnxSupport() {}

  /** The types of nodes, sorted; those that are read of constants alone are left out. */
  public static List<String> operators() {
    return Operators.ofLayers();
  }
}
