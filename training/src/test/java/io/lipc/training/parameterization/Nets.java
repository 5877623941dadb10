package io.lipc.training.parameterization;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Constructions together with the networks that they are for. */
record Nets(String name, Slope slope, Construction construction, List<Layer> layers) {

  /** Activations of the language and their slopes. */
  enum Slope {
    RELU(PointwiseKind.RELU, List.of(), 0, 1),
    ABS(PointwiseKind.ABS, List.of(), -1, 1),
    LEAKY(PointwiseKind.LEAKY_RELU, List.of(0.125), 0.125, 1),
    NEGATIVE(PointwiseKind.LEAKY_RELU, List.of(-0.125), -0.125, 1),
    SIGMOID(PointwiseKind.SIGMOID, List.of(), 0, 0.25),
    SILU(PointwiseKind.SILU, List.of(), -0x1.98f11d8p-4, 0x1.198f11d8p0),
    STEEP(PointwiseKind.LEAKY_RELU, List.of(1.75), 1, 1.75);

    final ActivationKind kind;
    final List<Double> parameters;
    final Interval interval;

    Slope(ActivationKind kind, List<Double> parameters, double lower, double upper) {
      this.kind = kind;
      this.parameters = parameters;
      this.interval = new Interval(lower, upper);
    }

    Activation activation() {
      return kind.with(parameters);
    }
  }

  /** A chain of the given widths, input and output included. */
  static Nets chain(double bound, Slope slope, int... widths) {
    List<Layer> layers = input(widths[0]);
    List<HiddenLayer> hidden = hidden(layers, slope, widths);
    LinearLayer last = dense(layers, layers.size() - 1, "last", widths[widths.length - 1]);
    return new Nets(
        "LDLT-L " + slope + Arrays.toString(widths),
        slope,
        new LdltChain(bound, hidden, last),
        layers);
  }

  /** Sandwich layers of the given widths, input and output included. */
  static Nets sandwich(double bound, Slope slope, int... widths) {
    List<Layer> layers = input(widths[0]);
    List<HiddenLayer> hidden = hidden(layers, slope, widths);
    LinearLayer last = dense(layers, layers.size() - 1, "last", widths[widths.length - 1]);
    return new Nets(
        "sandwich " + slope + Arrays.toString(widths),
        slope,
        new SandwichChain(bound, hidden, last),
        layers);
  }

  /** A residual network of the given widths, input and output included. */
  static Nets residual(double bound, Slope slope, int... widths) {
    List<Layer> layers = input(widths[0]);
    Construction block = block(layers, bound, slope, "", widths);
    return new Nets("LDLT-R " + slope + Arrays.toString(widths), slope, block, layers);
  }

  /** Residual blocks of the same bound, one behind the other, each of the given widths. */
  static Nets residuals(double bound, Slope slope, int blocks, int... widths) {
    List<Layer> layers = input(widths[0]);
    List<Construction> parts = new ArrayList<>();
    for (int k = 1; k <= blocks; k++) {
      parts.add(block(layers, bound, slope, k + ".", widths));
    }
    return new Nets(
        blocks + " LDLT-R " + slope + Arrays.toString(widths),
        slope,
        new Composition(parts),
        layers);
  }

  /** A residual block behind the last layer; names begin with {@code prefix}. */
  private static LdltResidual block(
      List<Layer> layers, double bound, Slope slope, String prefix, int... widths) {
    int outputs = widths[widths.length - 1];
    int from = layers.size() - 1;
    LinearLayer skip = dense(layers, from, prefix + "skip", outputs);
    int at = layers.size() - 1;
    List<HiddenLayer> hidden = new ArrayList<>();
    for (int k = 1; k < widths.length - 1; k++) {
      LinearLayer linear = dense(layers, from, prefix + "h" + k, widths[k]);
      from = activate(layers, slope);
      hidden.add(new HiddenLayer(linear, slope.interval));
    }
    LinearLayer last = dense(layers, from, prefix + "last", outputs);
    layers.add(Layer.sum(List.of(at, layers.size() - 1), Shape.vector(outputs)));
    return new LdltResidual(bound, skip, hidden, last);
  }

  /** SLL blocks of the given widths on {@code size} elements, and a last layer. */
  static Nets sll(double bound, Slope slope, int size, int outputs, int... widths) {
    List<Layer> layers = input(size);
    List<SllBlock> blocks = new ArrayList<>();
    for (int k = 0; k < widths.length; k++) {
      int x = layers.size() - 1;
      LinearLayer first = dense(layers, x, "block" + k, widths[k]);
      int hidden = activate(layers, slope);
      String back = "back" + k + ".weight";
      layers.add(Layer.dense(hidden, widths[k], size, back, Optional.empty()));
      layers.add(Layer.sum(List.of(x, layers.size() - 1), Shape.vector(size)));
      blocks.add(new SllBlock(first.weight(), first.bias(), back, widths[k], size, slope.interval));
    }
    LinearLayer last = dense(layers, layers.size() - 1, "last", outputs);
    return new Nets(
        "SLL " + slope + size + Arrays.toString(widths) + outputs,
        slope,
        new SllChain(bound, blocks, last),
        layers);
  }

  private static List<Layer> input(int size) {
    return new ArrayList<>(List.of(new Layer.Input(Shape.vector(size), Optional.empty())));
  }

  private static List<HiddenLayer> hidden(List<Layer> layers, Slope slope, int... widths) {
    List<HiddenLayer> hidden = new ArrayList<>();
    for (int k = 1; k < widths.length - 1; k++) {
      LinearLayer linear = dense(layers, layers.size() - 1, "h" + k, widths[k]);
      activate(layers, slope);
      hidden.add(new HiddenLayer(linear, slope.interval));
    }
    return hidden;
  }

  private static LinearLayer dense(List<Layer> layers, int operand, String name, int outputs) {
    int inputs = layers.get(operand).shape().size();
    Optional<String> bias = Optional.of(name + ".bias");
    layers.add(Layer.dense(operand, inputs, outputs, name + ".weight", bias));
    return new LinearLayer(name + ".weight", bias, outputs, inputs);
  }

  private static int activate(List<Layer> layers, Slope slope) {
    int at = layers.size() - 1;
    layers.add(new Layer.Activate(at, slope.activation(), layers.get(at).shape()));
    return at + 1;
  }

  Network network(ElementType type) {
    return new Network(
        "test.Net",
        new Property.Lipschitz(construction.bound(), Norm.L2, Norm.L2),
        new WeightsSource.None(),
        type,
        layers);
  }

  /** The tensors in the given format. */
  Weights weights(Materialized materialized, ElementType type) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Layer layer : layers) {
      layer.tensors().forEach(t -> put(tensors, materialized, type, t.name(), t.shape()));
    }
    return new Weights(tensors);
  }

  private static void put(
      Map<String, Tensor> tensors,
      Materialized materialized,
      ElementType type,
      String name,
      List<Integer> shape) {
    double[] values =
        Arrays.stream(Rows.get(materialized.tensors(), name)).map(type::round).toArray();
    try {
      tensors.put(name, Tensor.of(name, type, shape, values));
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Independent normal numbers in all parameters, those of directions times {@code factor}. */
  double[] random(RandomGenerator random, double factor) {
    double[] parameters = new double[construction.size()];
    for (FreeParameter parameter : construction.freeParameters()) {
      double scale =
          parameter.name().endsWith(".v") ? factor / Math.sqrt(parameter.columns()) : 0.5;
      if (parameter.name().startsWith("block") && parameter.name().endsWith(".weight")) {
        scale = factor / Math.sqrt(parameter.columns());
      }
      for (int i = 0; i < parameter.size(); i++) {
        parameters[parameter.offset() + i] = scale * random.nextGaussian();
      }
    }
    return parameters;
  }

  @Override
  public String toString() {
    return name;
  }
}
