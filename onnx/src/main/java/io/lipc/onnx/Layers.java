package io.lipc.onnx;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.Tensor;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Appends layers; each method returns the number of the layer with what it says. */
final class Layers {

  private final Budget budget;
  private final Tensors tensors;
  private final List<Layer> layers = new ArrayList<>();

  Layers(Budget budget) {
    this.budget = budget;
    this.tensors = new Tensors(budget);
  }

  /** The layers so far. */
  List<Layer> all() {
    return List.copyOf(layers);
  }

  /** The tensors of all layers so far, by name. */
  Map<String, Tensor> tensors() {
    return tensors.all();
  }

  /** Says what the file calls a constant, before a layer reads it. */
  void name(OnnxConstant constant, String initialiser) {
    tensors.name(constant, initialiser);
  }

  /** What the file calls tensors, by their names here. */
  Map<String, String> sources() {
    return tensors.sources();
  }

  private Shape shape(int layer) {
    return layers.get(layer).shape();
  }

  private int size(int layer) {
    return shape(layer).size();
  }

  private int add(Layer layer) throws OnnxException {
    budget.elements(layer.shape().size());
    layers.add(layer);
    return layers.size() - 1;
  }

  int input(Shape shape) throws OnnxException {
    return add(new Layer.Input(shape, Optional.empty()));
  }

  /**
   * {@code W x}. Layers with one matrix share its tensor.
   *
   * @param matrix W, or its transpose
   */
  int dense(int operand, OnnxConstant matrix, boolean transposed) throws OnnxException {
    String name = tensors.weight(matrix, transposed);
    int outputs = matrix.shape().get(transposed ? 1 : 0);
    return add(Layer.dense(operand, size(operand), outputs, name, Optional.empty()));
  }

  /**
   * A convolution. Layers with one kernel share its tensor.
   *
   * @param image the extents of the operand, into which the window fits
   */
  int convolution(int operand, Grid image, Kernel kernel, Window window) throws OnnxException {
    String weight = tensors.weight(kernel.weight(), false);
    Optional<String> bias = kernel.bias().map(values -> tensors.bias(weight, values));
    Convolution map =
        new Convolution(image, kernel.channels(), window, kernel.groups(), weight, bias);
    return add(new Layer.Linear(List.of(operand), map, Shape.of(map.output())));
  }

  /** The mean of each channel over a window that lies within the image. */
  int averagePool(int operand, Grid image, Window window) throws OnnxException {
    AveragePool map = new AveragePool(image, window, 1.0 / window.area());
    return add(new Layer.Linear(List.of(operand), map, Shape.of(map.output())));
  }

  /** The largest element of each channel in a window that lies within the image. */
  int maxPool(int operand, Grid image, Window window) throws OnnxException {
    return add(new Layer.MaxPool(operand, image, window, Shape.of(image.pooled(window))));
  }

  /**
   * Batch normalisation by given statistics, as many of each as there are channels.
   *
   * @param statistics in the order of {@link BatchNorm#ROLES}
   */
  int batchNorm(int operand, List<OnnxConstant> statistics, double epsilon) throws OnnxException {
    int channels = statistics.getFirst().size();
    String prefix = tensors.statistics(statistics);
    BatchNorm map = new BatchNorm(channels, size(operand) / channels, prefix, epsilon);
    return add(new Layer.Linear(List.of(operand), map, shape(operand)));
  }

  /** Several operands, one after the other. */
  int concat(List<Integer> operands, Shape shape) throws OnnxException {
    return add(Layer.concat(operands, shape));
  }

  /** {@code x + shift}: the bias of the layer before, where that has none. */
  int shift(int operand, double[] shift) throws OnnxException {
    if (isAll(shift, 0)) {
      return operand;
    }
    return switch (layers.get(operand)) {
      case Layer.Linear(List<Integer> reads, Matrix dense, Shape shape)
          when dense.bias().isEmpty() ->
          add(new Layer.Linear(reads, withBias(dense, shift), shape));
      case Layer.Linear(List<Integer> reads, Convolution map, Shape shape)
          when map.bias().isEmpty() && isByChannel(shift, map.output().pixels()) ->
          add(new Layer.Linear(reads, withBias(map, shift), shape));
      default -> affine(operand, Collections.nCopies(shift.length, 1.0), list(shift));
    };
  }

  private Matrix withBias(Matrix dense, double[] bias) {
    String name = tensors.bias(dense.weight(), bias);
    return new Matrix(dense.inputs(), dense.outputs(), dense.weight(), Optional.of(name));
  }

  private static boolean isByChannel(double[] shift, int pixels) {
    return IntStream.range(0, shift.length).allMatch(i -> shift[i] == shift[i - i % pixels]);
  }

  /**
   * The same convolution with a bias.
   *
   * @param shift what is added to each element, the same in each channel
   */
  private Convolution withBias(Convolution map, double[] shift) {
    double[] bias = new double[map.channels()];
    Arrays.setAll(bias, channel -> shift[channel * map.output().pixels()]);
    Optional<String> name = Optional.of(tensors.bias(map.weight(), bias));
    return new Convolution(
        map.input(), map.channels(), map.window(), map.groups(), map.weight(), name);
  }

  /** {@code scale_i x_i}. */
  int scale(int operand, double[] scale) throws OnnxException {
    if (isAll(scale, 1)) {
      return operand;
    }
    if (isAll(scale, scale[0])) {
      return add(Layer.scale(operand, scale[0], shape(operand)));
    }
    return affine(operand, list(scale), Collections.nCopies(scale.length, 0.0));
  }

  int scale(int operand, double factor) throws OnnxException {
    return factor == 1 ? operand : add(Layer.scale(operand, factor, shape(operand)));
  }

  /** {@code scale_i x_i + shift_i}. */
  int affine(int operand, List<Double> scale, List<Double> shift) throws OnnxException {
    return add(Layer.affine(operand, scale, shift, shape(operand)));
  }

  int sum(List<Integer> operands) throws OnnxException {
    return add(Layer.sum(operands, shape(operands.getFirst())));
  }

  /** An activation: in groups that are neighbours, whatever the operand is an image of. */
  int activate(int operand, Activation activation) throws OnnxException {
    Shape shape =
        activation instanceof Activation.Grouped ? Shape.vector(size(operand)) : shape(operand);
    return add(new Layer.Activate(operand, activation, shape));
  }

  /** Whether {@code layer} is the sigmoid of {@code operand}. */
  boolean isSigmoidOf(int layer, int operand) {
    return layers.get(layer) instanceof Layer.Activate activate
        && activate.activation().kind() == PointwiseKind.SIGMOID
        && activate.operand() == operand;
  }

  private static boolean isAll(double[] values, double value) {
    return Arrays.stream(values).allMatch(one -> one == value);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
