package io.lipc.onnx;

import io.lipc.certificate.linear.Matrix;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Appends layers; each method returns the number of the layer with what it says. */
final class Layers {

  private final Budget budget;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final IdentityHashMap<OnnxConstant, String> weights = new IdentityHashMap<>();
  private final IdentityHashMap<OnnxConstant, String> transposedWeights = new IdentityHashMap<>();

  /** By the names of matrices, how many biases were stored. */
  private final Map<String, Integer> biases = new HashMap<>();

  Layers(Budget budget) {
    this.budget = budget;
  }

  /** The layers so far. */
  List<Layer> all() {
    return List.copyOf(layers);
  }

  /** The tensors of all dense layers so far, by name. */
  Map<String, Tensor> tensors() {
    return tensors;
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
    IdentityHashMap<OnnxConstant, String> known = transposed ? transposedWeights : weights;
    String name = known.get(matrix);
    if (name == null) {
      name = "layer" + (weights.size() + transposedWeights.size() + 1) + ".weight";
      budget.numbers(matrix.size());
      store(name, transposed ? matrix.transposed() : matrix);
      known.put(matrix, name);
    }
    int outputs = matrix.shape().get(transposed ? 1 : 0);
    return add(Layer.dense(operand, size(operand), outputs, name, Optional.empty()));
  }

  private void store(String name, OnnxConstant constant) {
    try {
      tensors.put(name, Tensor.of(name, ElementType.F64, constant.shape(), constant.values()));
    } catch (FormatException e) {
      throw new IllegalStateException("constants are finite", e);
    }
  }

  /** {@code x + shift}: the bias of the layer before, where that has none. */
  int shift(int operand, double[] shift) throws OnnxException {
    if (isAll(shift, 0)) {
      return operand;
    }
    if (layers.get(operand) instanceof Layer.Linear(List<Integer> reads, Matrix dense, _)
        && dense.bias().isEmpty()) {
      String bias = biasName(dense.weight());
      store(bias, new OnnxConstant(OnnxConstant.Kind.DOUBLE, List.of(shift.length), shift));
      return add(
          Layer.dense(
              reads.getFirst(),
              dense.inputs(),
              dense.outputs(),
              dense.weight(),
              Optional.of(bias)));
    }
    return affine(operand, Collections.nCopies(shift.length, 1.0), list(shift));
  }

  /** {@code layer1.bias}, and for further layers with this matrix {@code layer1.bias2}, ... */
  private String biasName(String weight) {
    int count = biases.merge(weight, 1, Integer::sum);
    return weight.replace(".weight", ".bias") + (count == 1 ? "" : count);
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

  int activate(int operand, Activation activation) throws OnnxException {
    return add(new Layer.Activate(operand, activation, shape(operand)));
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
