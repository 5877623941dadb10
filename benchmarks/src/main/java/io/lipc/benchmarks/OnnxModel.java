package io.lipc.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a chain of dense layers as an ONNX model, with the few parts of protobuf that this takes:
 * {@code Gemm} and {@code Relu} from {@code x} to {@code y}, both {@code [batch, n]} in floats. The
 * numbers of the fields are those of {@code onnx.proto}, IR version 8, operator set 13.
 */
final class OnnxModel {

  private static final int FLOAT = 1;
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private OnnxModel() {}

  /** The bytes of a file with these layers. */
  static byte[] of(List<Topology.Dense> layers) {
    OnnxModel graph = new OnnxModel();
    String input = "x";
    for (int i = 0; i < layers.size(); i++) {
      Topology.Dense layer = layers.get(i);
      boolean last = i == layers.size() - 1;
      String sum = last ? "y" : "sum" + i;
      OnnxModel transposed = new OnnxModel().text(1, "transB").integer(3, 1).integer(20, 2);
      graph.message(1, node("Gemm", sum, input, "weight" + i, "bias" + i).message(5, transposed));
      if (!last) {
        graph.message(1, node("Relu", "h" + i, sum));
      }
      graph.message(5, tensor("weight" + i, layer.weight(), layer.outputs(), layer.inputs()));
      graph.message(5, tensor("bias" + i, layer.bias(), layer.outputs()));
      input = "h" + i;
    }
    graph.text(2, "chain");
    graph.message(11, value("x", layers.getFirst().inputs()));
    graph.message(12, value("y", layers.getLast().outputs()));
    OnnxModel operators = new OnnxModel().text(1, "").integer(2, 13);
    return new OnnxModel().integer(1, 8).message(7, graph).message(8, operators).toByteArray();
  }

  private static OnnxModel node(String operator, String output, String... inputs) {
    OnnxModel node = new OnnxModel();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operator);
  }

  private static OnnxModel tensor(String name, float[] values, int... shape) {
    OnnxModel tensor = new OnnxModel();
    for (int extent : shape) {
      tensor.integer(1, extent);
    }
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor.integer(2, FLOAT).text(8, name).field(9, raw.array());
  }

  private static OnnxModel value(String name, int size) {
    OnnxModel shape =
        new OnnxModel()
            .message(1, new OnnxModel().text(2, "batch"))
            .message(1, new OnnxModel().integer(1, size));
    OnnxModel tensor = new OnnxModel().integer(1, FLOAT).message(2, shape);
    return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, tensor));
  }

  private OnnxModel integer(int field, long value) {
    varint(((long) field << 3) | VARINT);
    varint(value);
    return this;
  }

  private OnnxModel text(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private OnnxModel message(int field, OnnxModel value) {
    return field(field, value.toByteArray());
  }

  private OnnxModel field(int field, byte[] value) {
    varint(((long) field << 3) | LENGTH_DELIMITED);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private void varint(long value) {
    long rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
    }
    bytes.write((int) rest);
  }

  private byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
