package io.lipc.onnx.writing;

import io.lipc.onnx.protobuf.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Collects the nodes and initialisers of a graph. Extents are those of one row of the batch. */
final class GraphWriter {

  /** Every operator that is used without a version of its own is in this one. */
  private static final int LEAST_VERSION = 17;

  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int DOUBLE = 11;

  private final boolean doubles;
  private final List<Node> nodes = new ArrayList<>();
  private final List<MessageWriter> initialisers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int version = LEAST_VERSION;

  /**
   * @param doubles whether numbers are doubles; else they are floats
   */
  GraphWriter(boolean doubles) {
    this.doubles = doubles;
  }

  /** The output of a node: its name, and its extents without the batch. */
  record Output(String name, List<Integer> extents) {
    Output {
      extents = List.copyOf(extents);
    }

    int size() {
      return extents.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
  }

  /** A constant of a node. */
  sealed interface Attribute {
    String name();

    record Real(String name, float value) implements Attribute {}

    record Whole(String name, long value) implements Attribute {}

    record Wholes(String name, List<Integer> values) implements Attribute {}

    record Text(String name, String value) implements Attribute {}
  }

  private record Node(
      String operator, List<String> inputs, List<String> outputs, List<Attribute> attributes) {}

  /** The version of ONNX's operators that all nodes so far are in. */
  int version() {
    return version;
  }

  /** An operator that is not in all versions. */
  void since(int least) {
    version = Math.max(version, least);
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int k = 2; !names.add(name); k++) {
      name = wanted + "_" + k;
    }
    return name;
  }

  /** The graph's input. */
  Output input(List<Integer> extents) {
    return new Output(unique("input"), extents);
  }

  /** A node of one output. */
  Output node(
      String operator, List<String> inputs, List<Integer> extents, Attribute... attributes) {
    String output = unique(operator.toLowerCase(Locale.ROOT));
    nodes.add(new Node(operator, inputs, List.of(output), List.of(attributes)));
    return new Output(output, extents);
  }

  /** A node of several outputs, of which the first matters. */
  Output first(
      String operator, int outputs, List<String> inputs, List<Integer> extents, Attribute... of) {
    List<String> given =
        IntStream.range(0, outputs)
            .mapToObj(_ -> unique(operator.toLowerCase(Locale.ROOT)))
            .toList();
    nodes.add(new Node(operator, inputs, given, List.of(of)));
    return new Output(given.getFirst(), extents);
  }

  /** The same elements in another shape. */
  Output shaped(Output value, List<Integer> extents) {
    if (value.extents().equals(extents)) {
      return value;
    }
    if (extents.size() == 1) {
      return node("Flatten", List.of(value.name()), extents, new Attribute.Whole("axis", 1));
    }
    long[] shape =
        LongStream.concat(LongStream.of(0), extents.stream().mapToLong(Integer::longValue))
            .toArray();
    return node("Reshape", List.of(value.name(), wholes("shape", shape)), extents);
  }

  Output vector(Output value) {
    return shaped(value, List.of(value.size()));
  }

  /** An initialiser of numbers of the network's format. */
  String numbers(String name, List<Integer> shape, double... values) {
    int bytes = doubles ? Double.BYTES : Float.BYTES;
    ByteBuffer raw = ByteBuffer.allocate(values.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (doubles) {
        raw.putDouble(value);
      } else {
        raw.putFloat((float) value);
      }
    }
    return initialiser(name, shape, doubles ? DOUBLE : FLOAT, raw.array());
  }

  /** An initialiser of whole numbers. */
  String wholes(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    LongStream.of(values).forEach(raw::putLong);
    return initialiser(name, List.of(values.length), INT64, raw.array());
  }

  private String initialiser(String wanted, List<Integer> shape, int type, byte[] raw) {
    String name = unique(wanted);
    initialisers.add(
        new MessageWriter()
            .integers(1, shape.stream().map(Integer::longValue).toList())
            .integer(2, type)
            .text(8, name)
            .bytes(9, raw));
    return name;
  }

  /**
   * The graph, whose output is called {@code output}.
   *
   * @param result what some node gives
   */
  MessageWriter graph(String name, Output input, Output result) {
    String output = unique("output");
    MessageWriter graph = new MessageWriter();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      MessageWriter written =
          new MessageWriter()
              .texts(1, renamed(node.inputs(), result.name(), output))
              .texts(2, renamed(node.outputs(), result.name(), output))
              .text(3, node.operator() + "_" + i)
              .text(4, node.operator());
      node.attributes().forEach(attribute -> written.message(5, attribute(attribute)));
      graph.message(1, written);
    }
    graph.text(2, name);
    initialisers.forEach(tensor -> graph.message(5, tensor));
    return graph.message(11, value(input)).message(12, value(new Output(output, result.extents())));
  }

  private static List<String> renamed(List<String> names, String from, String to) {
    return names.stream().map(name -> name.equals(from) ? to : name).toList();
  }

  private static MessageWriter attribute(Attribute attribute) {
    MessageWriter written = new MessageWriter().text(1, attribute.name());
    return switch (attribute) {
      case Attribute.Real(_, float value) -> written.single(2, value).integer(20, 1);
      case Attribute.Whole(_, long value) -> written.integer(3, value).integer(20, 2);
      case Attribute.Text(_, String value) -> written.text(4, value).integer(20, 3);
      case Attribute.Wholes(_, List<Integer> values) ->
          written.integers(8, values.stream().map(Integer::longValue).toList()).integer(20, 7);
    };
  }

  private MessageWriter value(Output value) {
    MessageWriter shape = new MessageWriter().message(1, new MessageWriter().text(2, "batch"));
    value.extents().forEach(extent -> shape.message(1, new MessageWriter().integer(1, extent)));
    MessageWriter tensor =
        new MessageWriter().integer(1, doubles ? DOUBLE : FLOAT).message(2, shape);
    return new MessageWriter()
        .text(1, value.name())
        .message(2, new MessageWriter().message(1, tensor));
  }
}
