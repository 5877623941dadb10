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
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.OnnxGraph;
import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.graph.OnnxTensorReader;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Statement;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.operator.Arguments;
import io.lipc.onnx.operator.Layers;
import io.lipc.onnx.operator.Operators;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
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
  private final ExternalData external;
  private final Budget budget;
  private final Layers layers;
  private final Map<String, Value> values = new HashMap<>();

  /** The names of all values, those included that lipc does not read. */
  private final Set<String> given = new HashSet<>();

  private Translation(OnnxGraph graph, ExternalData external, Budget budget) {
    this.graph = graph;
    this.external = external;
    this.budget = budget;
    this.layers = new Layers(budget);
  }

  static OnnxModel translate(
      OnnxGraph graph, ExternalData external, String name, double bound, Budget budget)
      throws OnnxException {
    return new Translation(graph, external, budget).model(name, bound);
  }

  private OnnxModel model(String name, double bound) throws OnnxException {
    input();
    for (OnnxNode node : NodeOrder.of(graph.nodes())) {
      apply(node);
    }
    String output = "output " + OnnxException.quote(graph.output());
    Value result =
        find(graph.output()).orElseThrow(() -> new OnnxException("no node gives the " + output));
    int last =
        switch (result) {
          case Value.Signal signal -> signal.layer();
          case Value.Padded padded -> layers.padded(padded).layer();
          case Value.Constant _ ->
              throw new OnnxException("the " + output + " does not depend on the input");
        };
    checkStatements();
    return network(name, bound, Reached.from(layers.all(), last));
  }

  /** Several inputs are one vector, one after the other. */
  private void input() throws OnnxException {
    List<OnnxGraph.Input> inputs = graph.inputs();
    if (inputs.size() == 1) {
      List<Integer> shape = inputs.getFirst().shape();
      give(inputs.getFirst(), layers.input(Shapes.ofRow(shape)));
      return;
    }
    long size = inputs.stream().mapToLong(input -> Shapes.size(input.shape())).sum();
    if (size > Shape.MAX_SIZE) {
      throw new OnnxException("the inputs have " + size + " elements together, which are too many");
    }
    int all = layers.input(Shape.vector((int) size));
    int from = 0;
    for (OnnxGraph.Input input : inputs) {
      int begin = from;
      int[] places = new int[Shapes.size(input.shape())];
      Arrays.setAll(places, i -> begin + i);
      give(input, layers.select(all, places, Shapes.ofRow(input.shape())));
      from += places.length;
    }
  }

  private void give(OnnxGraph.Input input, int layer) throws OnnxException {
    if (!given.add(input.name())) {
      throw new OnnxException("two inputs are called " + OnnxException.quote(input.name()));
    }
    values.put(input.name(), new Value.Signal(layer, input.shape()));
  }

  private void apply(OnnxNode node) throws OnnxException {
    List<Optional<Value>> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      inputs.add(input.isEmpty() ? Optional.empty() : Optional.of(read(node, input)));
    }
    List<Value> results =
        Operators.apply(new Arguments(node, inputs, graph.opset(), external, budget), layers);
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

  /** Of all values that were read; what is said of others says nothing of the network. */
  private void checkStatements() throws OnnxException {
    for (String name : new TreeSet<>(graph.statements().keySet())) {
      Value value = values.get(name);
      if (value != null) {
        checkStatements(name, value);
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
