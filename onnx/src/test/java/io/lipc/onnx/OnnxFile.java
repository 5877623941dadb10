package io.lipc.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Builds small ONNX files; what it writes, ONNX Runtime reads too. */
final class OnnxFile {

  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int DOUBLE = 11;

  /** As an extent: any number. */
  static final int ANY = -1;

  private final Proto graph = new Proto();
  private final int opset;

  private OnnxFile(int opset) {
    this.opset = opset;
  }

  static OnnxFile opset(int opset) {
    return new OnnxFile(opset);
  }

  /** From {@code x} to {@code y}, both of shape [batch, n] in floats. */
  static OnnxFile floats(int inputs, int outputs) {
    return opset(13).input("x", FLOAT, ANY, inputs).output("y", FLOAT, ANY, outputs);
  }

  OnnxFile input(String name, int type, int... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  OnnxFile output(String name, int type, int... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  static Proto value(String name, int type, int... shape) {
    Proto extents = new Proto();
    for (int extent : shape) {
      extents.message(
          1, extent == ANY ? new Proto().text(2, "batch") : new Proto().integer(1, extent));
    }
    Proto tensor = new Proto().integer(1, type).message(2, extents);
    return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
  }

  /** A field of the graph as it is. */
  OnnxFile field(int number, Proto message) {
    graph.message(number, message);
    return this;
  }

  OnnxFile initialiser(String name, Proto tensor) {
    return field(5, tensor.text(8, name));
  }

  /** A float tensor in raw bytes. */
  OnnxFile initialiser(String name, List<Integer> shape, double... values) {
    return initialiser(name, raw(FLOAT, shape, values));
  }

  OnnxFile integers(String name, double... values) {
    return initialiser(name, raw(INT64, List.of(values.length), values));
  }

  static Proto tensor(int type, List<Integer> shape) {
    Proto tensor = new Proto();
    shape.forEach(extent -> tensor.integer(1, extent));
    return tensor.integer(2, type);
  }

  static Proto raw(int type, List<Integer> shape, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type) {
        case FLOAT -> bytes.putFloat((float) value);
        case DOUBLE -> bytes.putDouble(value);
        case BOOL -> bytes.put((byte) value);
        default -> bytes.putLong((long) value);
      }
    }
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return tensor(type, shape).bytes(9, used);
  }

  /** Numbers of about one over the root of the last extent, the same for the same seed. */
  static double[] random(long seed, int count) {
    Random random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() / 2);
    }
    return values;
  }

  static Proto attribute(String name, float value) {
    return new Proto().text(1, name).single(2, value).integer(20, 1);
  }

  static Proto attribute(String name, long value) {
    return new Proto().text(1, name).integer(3, value).integer(20, 2);
  }

  static Proto attribute(String name, String value) {
    return new Proto().text(1, name).text(4, value).integer(20, 3);
  }

  static Proto attribute(String name, Proto tensor) {
    return new Proto().text(1, name).message(5, tensor).integer(20, 4);
  }

  /** Integers, one field each, as proto2 writes them. */
  static Proto attribute(String name, List<Integer> values) {
    Proto attribute = new Proto().text(1, name);
    values.forEach(value -> attribute.integer(8, value));
    return attribute.integer(20, 7);
  }

  /** A node that is called like its output. */
  OnnxFile node(String operator, String inputs, String output, Proto... attributes) {
    Proto node = new Proto();
    for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
      node.text(1, input);
    }
    node.text(2, output).text(3, "node_" + output).text(4, operator);
    for (Proto attribute : attributes) {
      node.message(5, attribute);
    }
    return field(1, node);
  }

  byte[] bytes() {
    Proto named = new Proto().text(2, "graph");
    return new Proto()
        .integer(1, 8)
        .bytes(7, join(graph.toByteArray(), named.toByteArray()))
        .message(8, new Proto().text(1, "").integer(2, opset))
        .toByteArray();
  }

  /** The file with further fields of the model. */
  byte[] with(Proto fields) {
    return join(bytes(), fields.toByteArray());
  }

  private static byte[] join(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
