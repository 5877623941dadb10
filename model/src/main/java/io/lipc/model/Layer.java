package io.lipc.model;

import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * One node of the graph. Operands are indices of earlier layers of the same {@link Network}.
 *
 * <p>There are five kinds, and a certificate has the same five: what a layer without a kink
 * computes is said once, by its {@link LinearMap}, and a new one is a record there.
 */
public sealed interface Layer {

  /** The layers that this one reads, in order. */
  List<Integer> operands();

  /**
   * The same layer, which reads others.
   *
   * @param operands the numbers of these, as many as it reads now
   */
  default Layer reading(List<Integer> operands) {
    return switch (this) {
      case Input input -> input;
      case Linear linear -> new Linear(operands, linear.map(), linear.shape());
      case Activate activate ->
          new Activate(operands.getFirst(), activate.activation(), activate.shape());
      case MaxPool pool ->
          new MaxPool(operands.getFirst(), pool.input(), pool.window(), pool.shape());
      case Call call -> new Call(operands.getFirst(), call.network(), call.shape());
    };
  }

  /** The shape of what this layer gives. */
  Shape shape();

  /** The layer's map, where it is linear. */
  default Optional<LinearMap> linear() {
    return this instanceof Linear linear ? Optional.of(linear.map()) : Optional.empty();
  }

  /** The tensors that it is made of. */
  default List<LinearMap.TensorShape> tensors() {
    return linear().map(LinearMap::tensors).orElse(List.of());
  }

  /** The layer's matrix and the names of its tensors, where it is dense. */
  default Optional<Matrix> dense() {
    return linear().filter(Matrix.class::isInstance).map(Matrix.class::cast);
  }

  /** The layer's convolution, where it is one. */
  default Optional<Convolution> convolution() {
    return linear().filter(Convolution.class::isInstance).map(Convolution.class::cast);
  }

  /** Whether the tensor of this name is its matrix, its kernel, or the first of its tensors. */
  default boolean multiplies(String tensor) {
    return tensors().stream().limit(1).anyMatch(first -> first.name().equals(tensor));
  }

  /** Whether a map takes single elements, in an order of its own. */
  static boolean selects(LinearMap map) {
    return map instanceof Selection;
  }

  /** Whether a map selects elements that are neighbours, in their order. */
  static boolean isSlice(LinearMap map) {
    return map instanceof Selection(List<Integer> indices)
        && IntStream.range(1, indices.size())
            .allMatch(k -> indices.get(k) == indices.getFirst() + k);
  }

  /** Whether it adds its operands. */
  default boolean isSum() {
    return linear().filter(Sum.class::isInstance).isPresent();
  }

  /** The number that it multiplies each element by, where it does nothing else. */
  default OptionalDouble factor() {
    return switch (this) {
      case Linear(_, Scaling(double factor), _) -> OptionalDouble.of(factor);
      case Activate(_, Activation.Linear(LinearKind kind), _) when kind == LinearKind.IDENTITY ->
          OptionalDouble.of(1);
      case Input _, Linear _, Activate _, MaxPool _, Call _ -> OptionalDouble.empty();
    };
  }

  /**
   * The network's input; several declared inputs are one vector, one after the other.
   *
   * @param box the interval that each component stays in, where declared; one per element
   */
  record Input(Shape shape, Optional<List<Interval>> box) implements Layer {
    public Input {
      box = box.map(List::copyOf);
      if (box.isPresent() && box.get().size() != shape.size()) {
        throw new IllegalArgumentException("box of " + box.get().size() + " sides for " + shape);
      }
    }

    @Override
    public List<Integer> operands() {
      return List.of();
    }
  }

  /**
   * A function without a kink: of all elements of its operands, one operand after the other and
   * each in its order, row by row.
   *
   * @param map which function; its constants are finite and already rounded to the network's
   *     precision, its tensors named as in the file of weights
   */
  record Linear(List<Integer> operands, LinearMap map, Shape shape) implements Layer {
    public Linear {
      operands = List.copyOf(operands);
    }
  }

  /**
   * An activation, elementwise or in groups; the shape stays. Groups are neighbouring elements, or
   * of an image neighbouring channels at one pixel.
   */
  record Activate(int operand, Activation activation, Shape shape) implements Layer {

    /** How far apart the elements of a group are: the pixels of a channel, or 1. */
    public int pixels() {
      return activation instanceof Activation.Grouped
          ? shape.image().map(Grid::pixels).orElse(1)
          : 1;
    }

    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }
  }

  /**
   * The largest element of each channel of an image in a window.
   *
   * @param window how it moves within the image, which it fits
   */
  record MaxPool(int operand, Grid input, Window window, Shape shape) implements Layer {
    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }
  }

  /**
   * Another network, applied to the operand. Two calls of one network are two layers, and nothing
   * may identify them.
   *
   * @param network the qualified name of the network that is called
   */
  record Call(int operand, String network, Shape shape) implements Layer {
    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }
  }

  /** The layer of a map: two of them are activations of the language. */
  static Layer of(List<Integer> operands, LinearMap map, Shape shape) {
    return switch (map) {
      case Identity _ ->
          new Activate(operands.getFirst(), Activation.of(LinearKind.IDENTITY), shape);
      case Centering _ ->
          new Activate(operands.getFirst(), Activation.of(LinearKind.CENTER), shape);
      default -> new Linear(operands, map, shape);
    };
  }

  /**
   * {@code y = W x + b}.
   *
   * @param inputs the number of columns of W
   * @param outputs the number of rows of W
   * @param weight the name of the tensor W, {@code [outputs, inputs]} as PyTorch stores it
   * @param bias the name of the tensor b, {@code [outputs]}; absent for a linear layer
   */
  static Linear dense(int operand, int inputs, int outputs, String weight, Optional<String> bias) {
    return new Linear(
        List.of(operand), new Matrix(inputs, outputs, weight, bias), Shape.vector(outputs));
  }

  /** The sum of two or more operands of one shape. */
  static Linear sum(List<Integer> operands, Shape shape) {
    return new Linear(operands, new Sum(), shape);
  }

  /** The operands one after the other, as one vector. */
  static Linear concat(List<Integer> operands, Shape shape) {
    return new Linear(operands, new Concatenation(), shape);
  }

  /**
   * {@code y = factor x}.
   *
   * @param factor finite, already rounded to the network's precision
   */
  static Linear scale(int operand, double factor, Shape shape) {
    return new Linear(List.of(operand), new Scaling(factor), shape);
  }

  /**
   * {@code y_i = scale_i x_i + shift_i}: the normalisation that formats like {@code .nnet} carry.
   *
   * @param scale finite, one per element, already rounded
   * @param shift finite, one per element, already rounded
   */
  static Linear affine(int operand, List<Double> scale, List<Double> shift, Shape shape) {
    if (scale.size() != shape.size()) {
      throw new IllegalArgumentException("normalisation does not fit " + shape);
    }
    return new Linear(List.of(operand), new Diagonal(scale, shift), shape);
  }

  /**
   * Neighbouring elements: those that one of several inputs has in the vector of all.
   *
   * @param from the first of them, from 0
   */
  static Linear part(int operand, int from, Shape shape) {
    List<Integer> indices = IntStream.range(from, from + shape.size()).boxed().toList();
    return new Linear(List.of(operand), new Selection(indices), shape);
  }
}
