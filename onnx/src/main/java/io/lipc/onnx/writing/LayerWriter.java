package io.lipc.onnx.writing;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.Tensor;
import io.lipc.model.Layer;
import io.lipc.onnx.protobuf.MessageWriter;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.writing.GraphWriter.Attribute;
import io.lipc.onnx.writing.GraphWriter.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the layers of one network; those of a network that is called stand in its place. */
final class LayerWriter {

  private final OnnxNetwork network;
  private final GraphWriter graph;
  private final ActivationWriter activations;

  /** The initialisers of tensors: layers that share one share the other. */
  private final Map<String, String> initialisers = new HashMap<>();

  private final List<Output> outputs = new ArrayList<>();

  private LayerWriter(OnnxNetwork network, GraphWriter graph) {
    this.network = network;
    this.graph = graph;
    this.activations = new ActivationWriter(graph);
  }

  /** The whole graph of a network. */
  static MessageWriter graph(OnnxNetwork network, GraphWriter graph) throws OnnxException {
    Output input = graph.input(network.network().input().shape().extents());
    Output result = new LayerWriter(network, graph).write(input);
    if (result.name().equals(input.name())) {
      result = graph.node("Identity", List.of(input.name()), input.extents());
    }
    return graph.graph(network.network().name(), input, result);
  }

  private Output write(Output input) throws OnnxException {
    for (Layer layer : network.network().layers()) {
      outputs.add(write(layer, input));
    }
    return outputs.getLast();
  }

  private Output operand(int layer) {
    return outputs.get(layer);
  }

  private Output write(Layer layer, Output input) throws OnnxException {
    return switch (layer) {
      case Layer.Input read -> graph.shaped(input, read.shape().extents());
      case Layer.Linear linear -> write(linear);
      case Layer.Activate activate -> activations.write(activate, operand(activate.operand()));
      case Layer.MaxPool pool -> {
        Output image = image(pool.operand(), pool.input());
        Grid given = pool.input().pooled(pool.window());
        yield window("MaxPool", image, given, pool.window());
      }
      case Layer.Call call -> {
        OnnxNetwork callee = network.callees().get(call.network());
        if (callee == null) {
          throw new OnnxException(
              "it calls " + OnnxException.quote(call.network()) + ", which is not here");
        }
        Output result = new LayerWriter(callee, graph).write(operand(call.operand()));
        yield graph.shaped(result, call.shape().extents());
      }
    };
  }

  private Output image(int operand, Grid grid) {
    return graph.shaped(operand(operand), grid.extents());
  }

  private Output write(Layer.Linear linear) throws OnnxException {
    int first = linear.operands().getFirst();
    Output x = operand(first);
    List<Integer> extents = linear.shape().extents();
    return switch (linear.map()) {
      case Matrix dense -> dense(dense, graph.vector(x));
      case Convolution map -> convolution(map, image(first, map.input()));
      case AveragePool map -> average(map, image(first, map.input()));
      case BatchNorm map -> batchNorm(map, x);
      case Diagonal map -> affine(map, x);
      case Scaling(double factor) ->
          graph.node(
              "Mul", List.of(x.name(), graph.numbers("factor", List.of(), factor)), x.extents());
      case Selection map -> selection(map, graph.vector(x), extents);
      case Identity _ -> graph.shaped(x, extents);
      case Centering _ -> activations.center(x);
      case Sum _ -> {
        List<String> terms = names(linear.operands(), extents);
        yield graph.node(terms.size() == 2 ? "Add" : "Sum", terms, extents);
      }
      case Concatenation _ -> concatenation(linear);
    };
  }

  private List<String> names(List<Integer> operands, List<Integer> extents) {
    return operands.stream().map(k -> graph.shaped(operand(k), extents).name()).toList();
  }

  private String initialiser(String tensor) {
    String known = initialisers.get(tensor);
    if (known == null) {
      Tensor found = network.weights().tensor(tensor).orElseThrow();
      known = graph.numbers(tensor, found.shape(), found.values());
      initialisers.put(tensor, known);
    }
    return known;
  }

  private Output dense(Matrix dense, Output x) {
    List<String> inputs = new ArrayList<>(List.of(x.name(), initialiser(dense.weight())));
    dense.bias().ifPresent(bias -> inputs.add(initialiser(bias)));
    return graph.node("Gemm", inputs, List.of(dense.outputs()), new Attribute.Whole("transB", 1));
  }

  private Output convolution(Convolution map, Output image) {
    List<String> inputs = new ArrayList<>(List.of(image.name(), initialiser(map.weight())));
    map.bias().ifPresent(bias -> inputs.add(initialiser(bias)));
    Window window = map.window();
    return graph.node(
        "Conv",
        inputs,
        map.output().extents(),
        new Attribute.Wholes("kernel_shape", window.kernel()),
        new Attribute.Wholes("strides", window.stride()),
        new Attribute.Wholes("pads", window.padding()),
        new Attribute.Wholes("dilations", window.dilation()),
        new Attribute.Whole("group", map.groups()));
  }

  private Output window(String operator, Output image, Grid given, Window window) {
    return graph.node(
        operator,
        List.of(image.name()),
        given.extents(),
        new Attribute.Wholes("kernel_shape", window.kernel()),
        new Attribute.Wholes("strides", window.stride()));
  }

  private Output average(AveragePool map, Output image) {
    List<Integer> all = List.of(map.input().height(), map.input().width());
    return map.window().equals(Window.plain(all, all))
        ? graph.node("GlobalAveragePool", List.of(image.name()), map.output().extents())
        : window("AveragePool", image, map.output(), map.window());
  }

  /**
   * The attribute {@code epsilon} is a float. One that is not is added to the variances, which is
   * what the operator does first, rounded in the same way.
   */
  private Output batchNorm(BatchNorm map, Output x) {
    boolean single = (float) map.epsilon() == map.epsilon();
    List<String> inputs = new ArrayList<>(List.of(channels(map, x).name()));
    for (String role : BatchNorm.ROLES) {
      String tensor = map.prefix() + "." + role;
      inputs.add(
          single || !role.equals("running_var") ? initialiser(tensor) : variances(map, tensor));
    }
    return graph.node(
        "BatchNormalization",
        inputs,
        channels(map, x).extents(),
        new Attribute.Real("epsilon", single ? (float) map.epsilon() : 0));
  }

  private Output channels(BatchNorm map, Output x) {
    return x.extents().getFirst() == map.channels()
        ? x
        : graph.shaped(
            x, map.pixels() == 1 ? List.of(map.channels()) : List.of(map.channels(), map.pixels()));
  }

  private String variances(BatchNorm map, String tensor) {
    double[] values = network.weights().tensor(tensor).orElseThrow().values();
    for (int i = 0; i < values.length; i++) {
      values[i] += map.epsilon();
    }
    return graph.numbers(tensor, List.of(values.length), values);
  }

  /** Two nodes, unless one of them would do nothing. */
  private Output affine(Diagonal map, Output x) {
    double[] scale = map.scale().stream().mapToDouble(Double::doubleValue).toArray();
    double[] shift = map.shift().stream().mapToDouble(Double::doubleValue).toArray();
    Output y = x;
    if (!isAll(map.scale(), 1)) {
      String factors = graph.numbers("scale", x.extents(), scale);
      y = graph.node("Mul", List.of(y.name(), factors), x.extents());
    }
    if (!isAll(map.shift(), 0)) {
      String terms = graph.numbers("shift", x.extents(), shift);
      y = graph.node("Add", List.of(y.name(), terms), x.extents());
    }
    return y;
  }

  private static boolean isAll(List<Double> values, double value) {
    return values.equals(Collections.nCopies(values.size(), value));
  }

  private Output selection(Selection map, Output x, List<Integer> extents) {
    List<Integer> count = List.of(map.indices().size());
    Output chosen;
    if (Layer.isSlice(map)) {
      int from = map.indices().getFirst();
      String starts = graph.wholes("starts", from);
      String ends = graph.wholes("ends", from + map.indices().size());
      chosen = graph.node("Slice", List.of(x.name(), starts, ends, graph.wholes("axes", 1)), count);
    } else {
      long[] indices = map.indices().stream().mapToLong(Integer::longValue).toArray();
      String places = graph.wholes("indices", indices);
      chosen =
          graph.node("Gather", List.of(x.name(), places), count, new Attribute.Whole("axis", 1));
    }
    return graph.shaped(chosen, extents);
  }

  /**
   * Along the first extent where all others are alike, which is the order of elements; else of
   * vectors.
   */
  private Output concatenation(Layer.Linear linear) {
    List<Output> parts = linear.operands().stream().map(this::operand).toList();
    List<Integer> extents = linear.shape().extents();
    List<Integer> rest = extents.subList(1, extents.size());
    boolean alike =
        parts.stream()
            .allMatch(
                part ->
                    part.extents().size() == extents.size()
                        && part.extents().subList(1, extents.size()).equals(rest));
    List<String> names =
        parts.stream().map(part -> (alike ? part : graph.vector(part)).name()).toList();
    List<Integer> joined = alike ? extents : List.of(linear.shape().size());
    Output given = graph.node("Concat", names, joined, new Attribute.Whole("axis", 1));
    return graph.shaped(given, extents);
  }
}
