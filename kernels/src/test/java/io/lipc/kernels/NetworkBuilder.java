package io.lipc.kernels;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.ActivationKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Checked networks for tests, layer by layer; each method returns the number of its layer. */
public final class NetworkBuilder {

  private final String name;
  private final ElementType precision;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private boolean hasWeights;

  public NetworkBuilder(String name, ElementType precision) {
    this.name = name;
    this.precision = precision;
  }

  public int input(String layer, int size) {
    return layer(layer, new Layer.Input(Shape.vector(size), Optional.empty()));
  }

  int input(String layer, int size, double lower, double upper) {
    List<Interval> box = Collections.nCopies(size, new Interval(lower, upper));
    return layer(layer, new Layer.Input(Shape.vector(size), Optional.of(box)));
  }

  public int dense(String layer, int operand, int outputs, boolean bias) {
    hasWeights = true;
    String prefix = layer.replaceFirst("#.*", "");
    Optional<String> b = bias ? Optional.of(prefix + ".bias") : Optional.empty();
    return layer(layer, Layer.dense(operand, size(operand), outputs, prefix + ".weight", b));
  }

  public int image(String layer, Grid image) {
    return layer(layer, new Layer.Input(Shape.of(image), Optional.empty()));
  }

  Grid image(int layer) {
    return shape(layer).image().orElseThrow();
  }

  public int convolve(
      String layer, int operand, int channels, Window window, int groups, boolean bias) {
    hasWeights = true;
    Optional<String> b = bias ? Optional.of(layer + ".bias") : Optional.empty();
    return linear(
        layer,
        operand,
        new Convolution(image(operand), channels, window, groups, layer + ".weight", b));
  }

  public int averagePool(String layer, int operand, Window window) {
    double factor = precision.round(1.0 / window.area());
    return linear(layer, operand, new AveragePool(image(operand), window, factor));
  }

  public int batchNorm(String layer, int operand) {
    hasWeights = true;
    Grid image = image(operand);
    double epsilon = precision.round(1e-5);
    return linear(layer, operand, new BatchNorm(image.channels(), image.pixels(), layer, epsilon));
  }

  private int linear(String layer, int operand, LinearMap map) {
    Shape shape =
        switch (map) {
          case Convolution convolution -> Shape.of(convolution.output());
          case AveragePool pool -> Shape.of(pool.output());
          default -> shape(operand);
        };
    return layer(layer, new Layer.Linear(List.of(operand), map, shape));
  }

  public int maxPool(String layer, int operand, Window window) {
    Grid image = image(operand);
    Shape shape = Shape.of(image.pooled(window));
    return layer(layer, new Layer.MaxPool(operand, image, window, shape));
  }

  int concatChannels(String layer, int first, int second) {
    Grid image = image(first);
    int channels = image.channels() + image(second).channels();
    Shape shape = Shape.of(new Grid(channels, image.height(), image.width()));
    return layer(layer, Layer.concat(List.of(first, second), shape));
  }

  public int activate(String layer, int operand, ActivationKind kind, Double... parameters) {
    List<Double> rounded = List.of(parameters).stream().map(precision::round).toList();
    return layer(layer, new Layer.Activate(operand, kind.with(rounded), shape(operand)));
  }

  public int add(String layer, List<Integer> operands) {
    return layer(layer, Layer.sum(operands, shape(operands.getFirst())));
  }

  public int concat(String layer, List<Integer> operands) {
    int size = operands.stream().mapToInt(this::size).sum();
    return layer(layer, Layer.concat(operands, Shape.vector(size)));
  }

  public int scale(String layer, int operand, double factor) {
    return layer(layer, Layer.scale(operand, precision.round(factor), shape(operand)));
  }

  public int affine(String layer, int operand, List<Double> scale, List<Double> shift) {
    return layer(
        layer,
        Layer.affine(
            operand,
            scale.stream().map(precision::round).toList(),
            shift.stream().map(precision::round).toList(),
            shape(operand)));
  }

  int slice(String layer, int operand, int from, int size) {
    return layer(layer, Layer.part(operand, from, Shape.vector(size)));
  }

  public int select(String layer, int operand, List<Integer> indices) {
    return layer(
        layer,
        new Layer.Linear(List.of(operand), new Selection(indices), Shape.vector(indices.size())));
  }

  public int reshape(String layer, int operand, Integer... extents) {
    return layer(
        layer, new Layer.Linear(List.of(operand), new Identity(), new Shape(List.of(extents))));
  }

  int call(String layer, int operand, Network callee) {
    return layer(layer, new Layer.Call(operand, callee.name(), callee.outputShape()));
  }

  int size(int layer) {
    return shape(layer).size();
  }

  int count() {
    return layers.size();
  }

  public CheckedNetwork build(double bound, String documentation) {
    Network network =
        new Network(
            name,
            new Property.Lipschitz(bound, Norm.L2, Norm.L2),
            hasWeights ? new WeightsSource.Given("weights.safetensors") : new WeightsSource.None(),
            precision,
            layers);
    return new CheckedNetwork(network, steps.stream().map(Step::name).toList(), documentation);
  }

  private Shape shape(int layer) {
    return layers.get(layer).shape();
  }

  /** Lowering reads no more of a step than its name. */
  private int layer(String layerName, Layer layer) {
    layers.add(layer);
    steps.add(Step.named(layerName, new Operation.Linear(new Sum()), List.of()));
    return layers.size() - 1;
  }
}
