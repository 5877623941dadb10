package io.lipc.onnx;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.onnx.graph.ExternalData;
import io.lipc.onnx.graph.NodeOrder;
import io.lipc.onnx.graph.Normalisations;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.OnnxGraph;
import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.graph.OnnxTensorReader;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Statement;
import io.lipc.onnx.graph.UnitLengths;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.operator.Arguments;
import io.lipc.onnx.operator.LayerNormalization;
import io.lipc.onnx.operator.Layers;
import io.lipc.onnx.operator.Operators;
import io.lipc.onnx.operator.UnitLength;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.protobuf.Reasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Applies the nodes of a graph one after the other, and keeps the layers that reach the output. */
final class Translation {

  private final OnnxGraph graph;
  private final Normalisations normalisations;
  private final UnitLengths lengths;
  private final ExternalData external;
  private final Reasons reasons;
  private final Budget budget;
  private final Layers layers;
  private final Map<String, Value> values = new HashMap<>();

  /** The names of all values, those included that lipc does not read. */
  private final Set<String> given = new HashSet<>();

  /** The names of values that are not read, and of those that depend on them. */
  private final Set<String> unknown = new HashSet<>();

  Translation(OnnxGraph graph, ExternalData external, Reasons reasons, Budget budget) {
    this.graph = graph;
    this.normalisations = Normalisations.in(graph.nodes(), graph.output().stream().toList());
    this.lengths = UnitLengths.in(graph.nodes(), graph.output().stream().toList());
    this.external = external;
    this.reasons = reasons;
    this.budget = budget;
    this.layers = new Layers(budget);
  }

  /**
   * The network, if everything of the file is read.
   *
   * @throws OnnxException if not, with all reasons
   */
  OnnxModel model(String name, double bound) throws OnnxException {
    if (graph.inputs().stream().allMatch(input -> input.shape().isPresent())) {
      reasons.collect(this::input);
    }
    graph.inputs().stream()
        .map(OnnxGraph.Input::name)
        .filter(input -> !values.containsKey(input))
        .forEach(unknown::add);
    for (OnnxNode node : NodeOrder.of(graph.nodes())) {
      reasons.collect(() -> apply(node));
    }
    if (!unknown.isEmpty()) {
      checkStatements();
    }
    reasons.check();
    int last = last(graph.output().orElseThrow());
    checkStatements();
    reasons.check();
    return network(name, bound, Reached.from(layers.all(), last));
  }

  /** The layer that is the output. */
  private int last(String name) throws OnnxException {
    String output = "output " + OnnxException.quote(name);
    Value result = find(name).orElseThrow(() -> new OnnxException("no node gives the " + output));
    return switch (result) {
      case Value.Signal signal -> signal.layer();
      case Value.Padded padded -> layers.padded(padded).layer();
      case Value.Constant _ ->
          throw new OnnxException("the " + output + " does not depend on the input");
    };
  }

  /** Several inputs are one vector, one after the other. */
  private void input() throws OnnxException {
    List<OnnxGraph.Input> inputs = graph.inputs();
    if (inputs.size() == 1) {
      List<Integer> shape = shape(inputs.getFirst());
      give(inputs.getFirst(), layers.input(Shapes.ofRow(shape)));
      return;
    }
    long size = inputs.stream().mapToLong(input -> Shapes.size(shape(input))).sum();
    if (size > Shape.MAX_SIZE) {
      throw new OnnxException("the inputs have " + size + " elements together, which are too many");
    }
    int all = layers.input(Shape.vector((int) size));
    int from = 0;
    for (OnnxGraph.Input input : inputs) {
      int begin = from;
      int[] places = new int[Shapes.size(shape(input))];
      Arrays.setAll(places, i -> begin + i);
      give(input, layers.select(all, places, Shapes.ofRow(shape(input))));
      from += places.length;
    }
  }

  private static List<Integer> shape(OnnxGraph.Input input) {
    return input.shape().orElseThrow();
  }

  private void give(OnnxGraph.Input input, int layer) throws OnnxException {
    if (!given.add(input.name())) {
      throw new OnnxException("two inputs are called " + OnnxException.quote(input.name()));
    }
    values.put(input.name(), new Value.Signal(layer, shape(input)));
  }

  /** A node that depends on something unread is refused for its operator alone, if at all. */
  private void apply(OnnxNode node) throws OnnxException {
    try {
      Optional<OnnxException> refusal = refusal(node);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      Optional<Normalisations.Whole> normalised = normalisations.endingWith(node);
      Optional<UnitLengths.Whole> divided = lengths.endingWith(node);
      boolean isPart = normalisations.isPart(node) || lengths.isPart(node);
      List<String> reads =
          normalised
              .map(whole -> List.of(whole.x()))
              .or(() -> divided.map(UnitLengths.Whole::reads))
              .orElse(isPart ? List.of() : node.inputs());
      boolean isWhole = normalised.isPresent() || divided.isPresent();
      if ((isPart && !isWhole) || reads.stream().anyMatch(unknown::contains)) {
        leaveUnknown(node);
      } else if (normalised.isPresent()) {
        give(node, List.of(normalised(node, normalised.get())));
      } else if (divided.isPresent()) {
        give(node, List.of(divided(node, divided.get())));
      } else {
        compute(node);
      }
    } catch (OnnxException e) {
      leaveUnknown(node);
      throw e;
    }
  }

  /** Parts of a whole are refused with it, if at all. */
  private Optional<OnnxException> refusal(OnnxNode node) {
    if (lengths.isPart(node)) {
      return Optional.empty();
    }
    return normalisations.isPart(node) ? normalisations.refusal(node) : Operators.refusal(node);
  }

  private void leaveUnknown(OnnxNode node) {
    node.outputs().stream().filter(output -> !output.isEmpty()).forEach(unknown::add);
  }

  private void compute(OnnxNode node) throws OnnxException {
    List<Optional<Value>> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      inputs.add(input.isEmpty() ? Optional.empty() : Optional.of(read(node, input)));
    }
    give(node, Operators.apply(arguments(node, inputs), layers));
  }

  private Arguments arguments(OnnxNode node, List<Optional<Value>> inputs) {
    return new Arguments(node, inputs, graph.opset(), external, budget);
  }

  /** Reads the signal that the parts begin with; each part between them has its shape. */
  private Value.Signal normalised(OnnxNode end, Normalisations.Whole whole) throws OnnxException {
    Optional<Value> x = Optional.of(read(end, whole.x()));
    List<Arguments> means = new ArrayList<>();
    for (OnnxNode mean : whole.means()) {
      means.add(reduction(mean, x));
    }
    Optional<Value> exponent =
        whole.exponent().isPresent()
            ? Optional.of(read(end, whole.exponent().get()))
            : Optional.empty();
    Arguments last = arguments(end, List.of(x));
    return new LayerNormalization(last, layers)
        .ofParts(last.signal(0), means, exponent, read(end, whole.epsilon()));
  }

  /** A node that reduces some values, as if it read x; its axes are its own. */
  private Arguments reduction(OnnxNode node, Optional<Value> x) throws OnnxException {
    List<Optional<Value>> inputs = new ArrayList<>(List.of(x));
    for (String name : node.inputs().subList(1, node.inputs().size())) {
      inputs.add(name.isEmpty() ? Optional.empty() : Optional.of(read(node, name)));
    }
    return arguments(node, inputs);
  }

  private Value.Signal divided(OnnxNode end, UnitLengths.Whole whole) throws OnnxException {
    Optional<Value> x = Optional.of(read(end, whole.x()));
    Optional<Value> extents =
        whole.extents().isPresent()
            ? Optional.of(read(end, whole.extents().get()))
            : Optional.empty();
    return new UnitLength(arguments(end, List.of(x)), layers)
        .ofParts(reduction(whole.length(), x), read(end, whole.least()), extents);
  }

  private void give(OnnxNode node, List<? extends Value> results) throws OnnxException {
    if (node.outputs().isEmpty() || node.outputs().getFirst().isEmpty()) {
      throw node.invalid("has no output");
    }
    if (node.outputs().size() > Operators.outputs(node)) {
      throw node.invalid(
          "has %d outputs, and the operator gives %d"
              .formatted(node.outputs().size(), Operators.outputs(node)));
    }
    for (String output : node.outputs()) {
      if (!output.isEmpty() && (!given.add(output) || graph.constants().containsKey(output))) {
        throw node.invalid("gives " + OnnxException.quote(output) + ", which there is already");
      }
    }
    for (int i = 0; i < results.size(); i++) {
      values.put(node.outputs().get(i), results.get(i));
    }
  }

  /**
   * Checks the file's statements about all values that were read; statements about other values say
   * nothing of the network.
   */
  private void checkStatements() throws OnnxException {
    for (String name : new TreeSet<>(graph.statements().keySet())) {
      Value value = values.get(name);
      if (value != null) {
        reasons.collect(() -> checkStatements(name, value));
      }
    }
  }

  private void checkStatements(String name, Value value) throws OnnxException {
    for (Statement statement : graph.statements().getOrDefault(name, List.of())) {
      Optional<String> contradiction = statement.contradiction(value);
      if (contradiction.isPresent()) {
        throw new OnnxException(
            "the value "
                + OnnxException.quote(name)
                + " "
                + contradiction.get()
                + "; onnx.shape_inference.infer_shapes(model) says it anew once the file's own"
                + " statement (value_info, or the type of an input or output) is removed");
      }
    }
  }

  private Value read(OnnxNode node, String name) throws OnnxException {
    return find(name)
        .orElseThrow(
            () ->
                node.invalid(
                    "reads " + OnnxException.quote(name) + ", which nothing before it gives"));
  }

  private Optional<Value> find(String name) throws OnnxException {
    Value known = values.get(name);
    Message initialiser = graph.constants().get(name);
    if (known == null && initialiser != null) {
      String what = "initialiser " + OnnxException.quote(name);
      OnnxConstant constant = OnnxTensorReader.read(initialiser, what, external, budget);
      layers.name(constant, name);
      known = new Value.Constant(constant);
      values.put(name, known);
    }
    return Optional.ofNullable(known);
  }

  private OnnxModel network(String name, double bound, List<Layer> reached) {
    Property.Lipschitz spec = new Property.Lipschitz(bound, Norm.L2, Norm.L2);
    Network network = new Network(name, spec, new WeightsSource.None(), ElementType.F64, reached);
    List<Tensor> tensors =
        reached.stream().flatMap(Translation::tensors).distinct().map(this::tensor).toList();
    CheckedNetwork checked = new CheckedNetwork(network, names(reached), "");
    return new OnnxModel(checked, Weights.of(tensors), layers.sources(), external.files());
  }

  /** Layers that share a tensor have names of their own. */
  private static List<String> names(List<Layer> layers) {
    Set<String> names = new LinkedHashSet<>();
    for (Layer layer : layers) {
      String step = "step" + names.size();
      String stem = tensors(layer).findFirst().map(name -> name.split("\\.", -1)[0]).orElse(step);
      if (!names.add(stem)) {
        names.add(stem + "_" + step);
      }
    }
    return List.copyOf(names);
  }

  private Tensor tensor(String name) {
    return Optional.ofNullable(layers.tensors().get(name)).orElseThrow();
  }

  private static Stream<String> tensors(Layer layer) {
    return layer.tensors().stream().map(LinearMap.TensorShape::name);
  }
}
