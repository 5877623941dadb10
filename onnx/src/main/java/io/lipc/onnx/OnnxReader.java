package io.lipc.onnx;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Reads the messages of {@code onnx.proto} (ModelProto, GraphProto, NodeProto, ...) as far as a
 * feed-forward network needs them. The numbers of fields are those of the file in the repository of
 * ONNX, and never change.
 */
final class OnnxReader {

  /** Before it, operands were broadcast by an attribute. */
  private static final long FIRST_OPSET = 7;

  /** The newest that was looked at; a later one may give an operator another meaning. */
  private static final long LAST_OPSET = 26;

  private static final int SINGLE = 1;
  private static final int DOUBLE = 11;

  private final Message graph;
  private final Map<String, Message> constants = new LinkedHashMap<>();

  private OnnxReader(Message graph) {
    this.graph = graph;
  }

  static OnnxGraph read(byte[] file, Budget budget) throws OnnxException {
    Message model = Message.parse(UnsafeByteOperations.unsafeWrap(file), "the model", budget);
    checkVersion(model);
    Message graph =
        model
            .message(7, "the graph")
            .orElseThrow(
                () -> new OnnxException("the file holds no graph, so it is no ONNX model"));
    return new OnnxReader(graph).graph();
  }

  private static void checkVersion(Message model) throws OnnxException {
    OptionalLong version = OptionalLong.empty();
    for (Message imported : model.messages(8, "an operator set")) {
      String domain = imported.text(1);
      if (isDefault(domain)) {
        version = OptionalLong.of(imported.integer(2).orElse(0));
      }
    }
    if (version.isEmpty()) {
      throw new OnnxException("the file names no version of ONNX's operators (opset_import)");
    }
    if (version.getAsLong() < FIRST_OPSET || version.getAsLong() > LAST_OPSET) {
      throw new OnnxException(
          String.format(
              "the model uses version %d of ONNX's operators, and lipc reads %d to %d;"
                  + " export it for one of these, or use onnx.version_converter",
              version.getAsLong(), FIRST_OPSET, LAST_OPSET));
    }
  }

  private static boolean isDefault(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private OnnxGraph graph() throws OnnxException {
    if (graph.has(15)) {
      throw new OnnxException("the graph has sparse initialisers; store them dense");
    }
    for (Message initialiser : graph.messages(5, "an initialiser")) {
      String name = initialiser.text(8);
      if (constants.put(name, initialiser) != null) {
        throw new OnnxException("two initialisers are called " + OnnxException.quote(name));
      }
    }
    // Before version 4 of the format, initialisers had to be inputs as well.
    List<Message> inputs = new ArrayList<>();
    for (Message value : graph.messages(11, "an input")) {
      if (!constants.containsKey(value.text(1))) {
        inputs.add(value);
      }
    }
    Message input = single(inputs, "input");
    Message output = single(graph.messages(12, "an output"), "output");
    return new OnnxGraph(input.text(1), shape(input), output.text(1), nodes(), constants);
  }

  private static Message single(List<Message> values, String what) throws OnnxException {
    if (values.size() == 1) {
      return values.getFirst();
    }
    List<String> names = new ArrayList<>();
    for (Message value : values.subList(0, Math.min(4, values.size()))) {
      names.add(OnnxException.quote(value.text(1)));
    }
    String found =
        values.isEmpty()
            ? "none"
            : names.stream().collect(Collectors.joining(", "))
                + (names.size() < values.size() ? ", ..." : "");
    throw new OnnxException(
        String.format(
            "the graph has %d %ss (%s), and lipc reads networks with one;"
                + " a network of several can be exported with one vector that is sliced or joined"
                + " outside",
            values.size(), what, found));
  }

  /** The extents of the input, with a batch of any size taken as one of 1. */
  private static List<Integer> shape(Message input) throws OnnxException {
    String name = "input " + OnnxException.quote(input.text(1));
    Message tensor =
        input
            .message(2, "a type")
            .orElseThrow(() -> new OnnxException(name + " has no type"))
            .message(1, "a tensor type")
            .orElseThrow(() -> new OnnxException(name + " is no tensor"));
    long type = tensor.integer(1).orElse(0);
    if (type != SINGLE && type != DOUBLE) {
      throw new OnnxException(name + " is of " + OnnxTensorReader.typeName(type) + WANTED);
    }
    Message shape =
        tensor
            .message(2, "a shape")
            .orElseThrow(
                () -> new OnnxException(name + " has no shape; export the model with one"));
    List<Long> extents = new ArrayList<>();
    for (Message dimension : shape.messages(1, "an extent")) {
      OptionalLong extent = dimension.integer(1);
      if (extent.isEmpty() && !extents.isEmpty()) {
        throw new OnnxException(
            String.format(
                "extent %d of %s may be any number; only the first one, the batch, may",
                extents.size(), name));
      }
      extents.add(extent.orElse(1));
    }
    if (!Shapes.isValid(extents) || extents.contains(0L)) {
      throw new OnnxException(name + " has the shape " + Shapes.words(extents));
    }
    return extents.stream().map(Long::intValue).toList();
  }

  private static final String WANTED = "; lipc reads networks of float and double";

  private List<OnnxNode> nodes() throws OnnxException {
    List<OnnxNode> nodes = new ArrayList<>();
    for (Message node : graph.messages(1, "a node")) {
      nodes.add(node(node, nodes.size()));
    }
    return nodes;
  }

  private static OnnxNode node(Message node, int index) throws OnnxException {
    String name = node.text(3);
    String place = name.isEmpty() ? "node number " + index : "node " + OnnxException.quote(name);
    String domain = node.text(7);
    String type = node.text(4);
    String operator = isDefault(domain) ? type : domain + "." + type;
    Map<String, Message> attributes = new HashMap<>();
    for (Message attribute : node.messages(5, "an attribute of " + place)) {
      if (attributes.put(attribute.text(1), attribute) != null) {
        throw new OnnxException(
            place + " has attribute " + OnnxException.quote(attribute.text(1)) + " twice");
      }
    }
    return new OnnxNode(place, plain(operator), node.texts(1), node.texts(2), attributes);
  }

  /** The type of an operator, as it is safe to print. */
  private static String plain(String operator) {
    String quoted = OnnxException.quote(operator);
    return quoted.substring(1, quoted.length() - 1);
  }
}
