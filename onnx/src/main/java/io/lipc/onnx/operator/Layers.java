package io.lipc.onnx.operator;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.Tensor;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Appends layers; each method returns the number of the layer that it describes. */
public final class Layers {

  private final Budget budget;
  private final Tensors tensors;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<Integer, Note> notes = new HashMap<>();

  /** No layers yet. */
  public Layers(Budget budget) {
    this.budget = budget;
    this.tensors = new Tensors(budget);
  }

  /** The layers so far. */
  public List<Layer> all() {
    return List.copyOf(layers);
  }

  /** The tensors of all layers so far, by name. */
  public Map<String, Tensor> tensors() {
    return tensors.all();
  }

  /** Says what the file calls a constant, before a layer reads it. */
  public void name(OnnxConstant constant, String initialiser) {
    tensors.name(constant, initialiser);
  }

  /** The names of tensors in the file, by their names here. */
  public Map<String, String> sources() {
    return tensors.sources();
  }

  Layer get(int layer) {
    return layers.get(layer);
  }

  /** Keeps a note about a layer, unless the layer is its operand. */
  void note(int layer, int operand, Note note) {
    if (layer != operand) {
      notes.put(layer, note);
    }
  }

  /** A note about a layer, beside its type. */
  Optional<Note> note(int layer) {
    return Optional.ofNullable(notes.get(layer));
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

  /** The input of the network. */
  public int input(Shape shape) throws OnnxException {
    return add(new Layer.Input(shape, Optional.empty()));
  }

  /**
   * {@code W x}. Layers with one matrix share its tensor.
   *
   * @param matrix W, or its transpose
   */
  int dense(int operand, OnnxConstant matrix, boolean transposed) throws OnnxException {
    Optional<Reordered> turned = reordered(operand);
    if (turned.isPresent()) {
      return dense(turned.get().operand(), turned.get().matrix(matrix, transposed, budget), false);
    }
    String name = tensors.weight(matrix, transposed);
    int outputs = matrix.shape().get(transposed ? 1 : 0);
    return add(Layer.dense(operand, size(operand), outputs, name, Optional.empty()));
  }

  /**
   * Elements of an operand, in another order. Selections of selections are one, and one of all
   * elements in their order is none.
   *
   * @param places the number of each element in the operand
   */
  public int select(int operand, int[] places, Shape shape) throws OnnxException {
    if (layers.get(operand) instanceof Layer.Linear(List<Integer> reads, Selection inner, _)) {
      int[] through = Arrays.stream(places).map(inner.indices()::get).toArray();
      return select(reads.getFirst(), through, shape);
    }
    boolean isWhole = places.length == size(operand);
    if (isWhole && IntStream.range(0, places.length).allMatch(i -> places[i] == i)) {
      return operand;
    }
    List<Integer> indices = Arrays.stream(places).boxed().toList();
    return add(new Layer.Linear(List.of(operand), new Selection(indices), shape));
  }

  /** The layer as one whose elements only stand in another order, if it is that. */
  private Optional<Reordered> reordered(int layer) {
    return layers.get(layer)
            instanceof Layer.Linear(List<Integer> reads, Selection map, Shape shape)
        ? Reordered.of(reads.getFirst(), size(reads.getFirst()), map, shape)
        : Optional.empty();
  }

  private int inOrderOf(Reordered order, int layer) throws OnnxException {
    return select(layer, order.places(), order.shape());
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

  /**
   * An image with the zeros around it that Pad put there: a convolution that copies each channel.
   */
  public Value.Signal padded(Value.Padded padded) throws OnnxException {
    List<Integer> inside = padded.image().shape();
    Grid image = new Grid(inside.get(1), inside.get(2), inside.get(3));
    double[] ones = new double[image.channels()];
    Arrays.fill(ones, 1);
    List<Integer> shape = List.of(image.channels(), 1, 1, 1);
    OnnxConstant weight = new OnnxConstant(OnnxConstant.Kind.SINGLE, shape, ones);
    Kernel copy = new Kernel(weight, Optional.empty(), image.channels());
    Window window =
        WindowAttributes.with(Window.plain(List.of(1, 1), List.of(1, 1)), padded.padding());
    int layer = convolution(padded.image().layer(), image, copy, window);
    return new Value.Signal(layer, padded.shape());
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
    Optional<Reordered> turned = reordered(operand);
    if (turned.isPresent()) {
      double[] before = turned.get().before(shift);
      return inOrderOf(turned.get(), shift(turned.get().operand(), before));
    }
    return switch (layers.get(operand)) {
      case Layer.Linear(List<Integer> reads, Diagonal map, _)
          when map.shift().stream().allMatch(before -> before == 0) ->
          affine(reads.getFirst(), map.scale(), list(shift));
      case Layer.Linear(List<Integer> reads, Scaling(double factor), _) ->
          affine(reads.getFirst(), Collections.nCopies(shift.length, factor), list(shift));
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
    Optional<Reordered> turned = reordered(operand);
    if (turned.isPresent()) {
      double[] before = turned.get().before(scale);
      return inOrderOf(turned.get(), scale(turned.get().operand(), before));
    }
    if (isAll(scale, scale[0])) {
      return add(Layer.scale(operand, scale[0], shape(operand)));
    }
    return affine(operand, list(scale), Collections.nCopies(scale.length, 0.0));
  }

  int scale(int operand, double factor) throws OnnxException {
    double[] factors = new double[size(operand)];
    Arrays.fill(factors, factor);
    return scale(operand, factors);
  }

  /** {@code scale_i x_i + shift_i}. */
  int affine(int operand, List<Double> scale, List<Double> shift) throws OnnxException {
    return add(Layer.affine(operand, scale, shift, shape(operand)));
  }

  /** The elements minus their mean. */
  int centred(int operand) throws OnnxException {
    Activation center = Activation.of(LinearKind.CENTER);
    return add(new Layer.Activate(operand, center, Shape.vector(size(operand))));
  }

  int sum(List<Integer> operands) throws OnnxException {
    List<Reordered> turned =
        operands.stream().map(this::reordered).flatMap(Optional::stream).toList();
    if (turned.size() == operands.size()
        && turned.stream().allMatch(turned.getFirst()::hasOrderOf)) {
      return inOrderOf(turned.getFirst(), sum(turned.stream().map(Reordered::operand).toList()));
    }
    return add(Layer.sum(operands, shape(operands.getFirst())));
  }

  /** An activation of the elements of groups that are neighbouring channels of an image. */
  int activate(int operand, Activation.Grouped activation, int channels) throws OnnxException {
    int pixels = size(operand) / channels;
    boolean isImage =
        shape(operand).image().filter(grid -> grid.channels() == channels).isPresent();
    Shape image = isImage ? shape(operand) : new Shape(List.of(channels, pixels, 1));
    Shape shape = pixels == 1 ? Shape.vector(channels) : image;
    return add(new Layer.Activate(operand, activation, shape));
  }

  /**
   * An activation of groups of neighbours; of channels at a pixel, where a selection has put these
   * side by side.
   */
  int activateNeighbours(int operand, Activation.Grouped activation) throws OnnxException {
    if (layers.get(operand) instanceof Layer.Linear(List<Integer> reads, Selection map, Shape shape)
        && size(reads.getFirst()) == shape.size()) {
      int group = activation.group(shape.size());
      int pixels = map.indices().get(1);
      ChannelGroups channels = new ChannelGroups(group, Math.max(pixels, 1));
      int[] places = map.indices().stream().mapToInt(i -> i).toArray();
      boolean whole = pixels > 1 && shape.size() % ((long) group * pixels) == 0;
      if (whole
          && IntStream.range(0, places.length).allMatch(i -> channels.place(i) == places[i])) {
        return select(activate(reads.getFirst(), activation, shape.size() / pixels), places, shape);
      }
    }
    return activate(operand, activation);
  }

  /** An activation: in groups that are neighbours, whatever the operand is an image of. */
  int activate(int operand, Activation activation) throws OnnxException {
    Optional<Reordered> turned = reordered(operand);
    if (turned.isPresent() && activation instanceof Activation.Pointwise) {
      return inOrderOf(turned.get(), activate(turned.get().operand(), activation));
    }
    Shape shape =
        activation instanceof Activation.Grouped ? Shape.vector(size(operand)) : shape(operand);
    return add(new Layer.Activate(operand, activation, shape));
  }

  /** Whether {@code layer} is the sigmoid of {@code operand}. */
  boolean isSigmoidOf(int layer, int operand) {
    Optional<Reordered> result = reordered(layer);
    Optional<Reordered> read = reordered(operand);
    if (result.isPresent() && read.isPresent() && result.get().hasOrderOf(read.get())) {
      return isSigmoidOf(result.get().operand(), read.get().operand());
    }
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
