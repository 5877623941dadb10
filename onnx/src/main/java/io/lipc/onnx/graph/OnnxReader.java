package io.lipc.onnx.graph;

import io.lipc.formats.Quoted;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.protobuf.Reasons;
import io.lipc.onnx.protobuf.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads the messages of {@code onnx.proto} (ModelProto, GraphProto, NodeProto, ...) as far as a
 * feed-forward network needs them. The numbers of fields are those of the file in the repository of
 * ONNX, and never change.
 */
public final class OnnxReader {

  /**
   * The first version of the operators that is read. Before it, operators said which inputs they
   * overwrite, and Reshape had an attribute.
   */
  public static final int FIRST_OPSET = 6;

  /** The newest that was looked at; a later one may give an operator another meaning. */
  public static final int LAST_OPSET = 26;

  /** The number of outputs that a message names. */
  private static final int SHOWN = 12;

  private final Message graph;
  private final int opset;
  private final Map<String, List<Integer>> shapes;
  private final Reasons reasons;
  private final Map<String, Message> constants = new LinkedHashMap<>();

  private OnnxReader(Message graph, int opset, Map<String, List<Integer>> shapes, Reasons reasons) {
    this.graph = graph;
    this.opset = opset;
    this.shapes = shapes;
    this.reasons = reasons;
  }

  /**
   * The graph of a model.
   *
   * @param output the name of the output to be read; empty for the only one
   * @param shapes what is said of inputs whose extents may be any numbers
   * @param reasons where what is not read is said; the graph has the rest
   */
  public static OnnxGraph read(
      byte[] file,
      Optional<String> output,
      Map<String, List<Integer>> shapes,
      Reasons reasons,
      Budget budget)
      throws OnnxException {
    Message model = Message.ofFile(file, Schema.MODEL, "the model", budget);
    int opset = version(model);
    Message graph =
        model
            .message(7, Schema.GRAPH, "the graph")
            .orElseThrow(
                () -> new OnnxException("the file holds no graph, so it is not an ONNX model"));
    return new OnnxReader(graph, opset, shapes, reasons).graph(output);
  }

  /** The version of ONNX's operators. */
  private static int version(Message model) throws OnnxException {
    long format = model.integer(1).orElse(0);
    if (format > Schema.LAST_VERSION) {
      throw new OnnxException(
          String.format(
              "the model is of version %d of ONNX's format (ir_version), and lipc reads up to %d;"
                  + " export it for an older one",
              format, Schema.LAST_VERSION));
    }
    OptionalLong version = OptionalLong.empty();
    for (Message imported : model.messages(8, Schema.OPERATOR_SET, "an operator set")) {
      if (isDefault(imported.text(1))) {
        long found = imported.integer(2).orElse(0);
        if (version.isPresent() && version.getAsLong() != found) {
          throw new OnnxException(
              String.format(
                  "the model imports ONNX's operators twice (opset_import), in versions %d and %d;"
                      + " save it with the one that its nodes were made for",
                  version.getAsLong(), found));
        }
        version = OptionalLong.of(found);
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
    return (int) version.getAsLong();
  }

  private static boolean isDefault(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private OnnxGraph graph(Optional<String> wanted) throws OnnxException {
    for (Message initialiser : graph.messages(5, Schema.TENSOR, "an initialiser")) {
      String name = initialiser.text(8);
      if (constants.put(name, initialiser) != null) {
        throw new OnnxException("two initialisers are called " + OnnxException.quote(name));
      }
    }
    List<OnnxGraph.Input> inputs = inputs();
    List<String> outputs = outputs();
    Optional<String> output = chosen(outputs, wanted);
    List<OnnxNode> nodes = nodes();
    return new OnnxGraph(
        opset, inputs, output, needed(nodes, outputs, output), constants, statements());
  }

  /** The nodes that the output needs; empty while the output is not known. */
  private static List<OnnxNode> needed(
      List<OnnxNode> nodes, List<String> outputs, Optional<String> output) {
    if (output.isEmpty()) {
      return List.of();
    }
    return outputs.size() == 1 ? nodes : NodeOrder.reaching(nodes, output.get());
  }

  /**
   * Before version 4 of the format, initialisers had to be inputs as well. One that is an input in
   * a later version is a default; whoever gives it another value runs other weights than those
   * whose digests stand in the certificate, as if the file had been changed.
   */
  private List<OnnxGraph.Input> inputs() throws OnnxException {
    List<OnnxGraph.Input> inputs = new ArrayList<>();
    for (Message value : graph.messages(11, Schema.VALUE, "an input")) {
      if (!constants.containsKey(value.text(1))) {
        inputs.add(new OnnxGraph.Input(value.text(1), shape(value)));
      }
    }
    if (inputs.isEmpty()) {
      throw new OnnxException("the graph has no input, so that it is a constant and no network");
    }
    for (String name : new TreeSet<>(shapes.keySet())) {
      if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
        reasons.add(
            new OnnxException(
                "the graph has no input %s, whose shape is given; it has %s"
                    .formatted(
                        OnnxException.quote(name),
                        shown(inputs.stream().map(OnnxGraph.Input::name).toList()))));
      }
    }
    return inputs;
  }

  private Optional<List<Integer>> shape(Message input) throws OnnxException {
    try {
      return Optional.of(stated(input));
    } catch (OnnxException reason) {
      reasons.add(reason);
      return Optional.empty();
    }
  }

  private static String shown(List<String> names) {
    return names.stream().limit(SHOWN).map(OnnxException::quote).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? ", ..." : "");
  }

  private List<String> outputs() throws OnnxException {
    List<String> names = new ArrayList<>();
    for (Message value : graph.messages(12, Schema.VALUE, "an output")) {
      names.add(value.text(1));
    }
    return names;
  }

  private Optional<String> chosen(List<String> names, Optional<String> wanted)
      throws OnnxException {
    try {
      return Optional.of(output(names, wanted));
    } catch (OnnxException reason) {
      reasons.add(reason);
      return Optional.empty();
    }
  }

  private static String output(List<String> names, Optional<String> wanted) throws OnnxException {
    if (names.isEmpty()) {
      throw new OnnxException("the graph has no output, so that it is no network");
    }
    if (wanted.isPresent() ? names.contains(wanted.get()) : names.size() == 1) {
      return wanted.orElseGet(() -> names.getFirst());
    }
    String shown = shown(names);
    if (wanted.isPresent()) {
      throw new OnnxException(
          "the graph has no output %s; it has %s"
              .formatted(OnnxException.quote(wanted.get()), shown));
    }
    throw new OnnxException(
        "the graph has %d outputs, %s, and a network has one; choose it by `lipc import MODEL.onnx"
                .formatted(names.size(), shown)
            + " --output NAME` or @CertifiedNetwork(value = \"MODEL.onnx\", output = \"NAME\"); for"
            + " a bound of all together, join them by Concat before the model is exported");
  }

  /** The statements of the file about its values, with which the results of nodes have to agree. */
  private Map<String, List<Statement>> statements() throws OnnxException {
    Map<String, List<Statement>> statements = new HashMap<>();
    for (int field : new int[] {11, 12, 13}) {
      for (Message value : graph.messages(field, Schema.VALUE, "a value")) {
        statements
            .computeIfAbsent(value.text(1), _ -> new ArrayList<>())
            .add(Statement.read(value));
      }
    }
    return statements;
  }

  /** The extents of the input, with a batch of any size taken as one of 1. */
  private List<Integer> stated(Message input) throws OnnxException {
    String plain = input.text(1);
    String name = "input " + OnnxException.quote(plain);
    Statement stated = Statement.read(input);
    if (!stated.isTyped()) {
      throw new OnnxException(name + " has no type");
    }
    if (stated.element().isEmpty()) {
      throw new OnnxException(name + " is not a tensor");
    }
    long type = stated.element().getAsLong();
    if (!OnnxTensorReader.isReal(type)) {
      throw new OnnxException(name + " is of " + OnnxTensorReader.typeName(type) + WANTED);
    }
    List<Integer> given = shapes.get(plain);
    if (given != null) {
      return FreeExtents.filled(name, stated.extents(), given);
    }
    List<OptionalLong> extents =
        stated
            .extents()
            .orElseThrow(() -> new OnnxException(name + " has no shape" + FreeExtents.help(plain)));
    return FreeExtents.fixed(plain, extents);
  }

  private static final String WANTED =
      "; lipc reads networks of float, double, float16 and bfloat16";

  private List<OnnxNode> nodes() throws OnnxException {
    List<OnnxNode> nodes = new ArrayList<>();
    for (Message node : graph.messages(1, Schema.NODE, "a node")) {
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
    String overload = node.text(8);
    if (!overload.isEmpty()) {
      throw new OnnxException(
          String.format(
              "%s calls the overload %s of %s, and lipc reads ONNX's own operators, which have"
                  + " none; onnx.inliner.inline_local_functions(model) puts its nodes into the"
                  + " graph",
              place, OnnxException.quote(overload), Quoted.of(operator)));
    }
    Map<String, Message> attributes = new HashMap<>();
    for (Message attribute : node.messages(5, Schema.ATTRIBUTE, "an attribute of " + place)) {
      if (attributes.put(attribute.text(1), attribute) != null) {
        throw new OnnxException(
            place
                + " has attribute "
                + OnnxException.quote(attribute.text(1))
                + " twice"
                + OnnxNode.INVALID);
      }
    }
    return new OnnxNode(place, Quoted.of(operator), node.texts(1), node.texts(2), attributes);
  }
}
