package io.lipc.model;

import java.util.List;
import java.util.Optional;

/**
 * One node of the graph. Operands are indices of earlier layers of the same {@link Network}. A new
 * layer is a record here; the exhaustive switches then list every place to fill in.
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
      case Dense dense ->
          new Dense(
              operands.getFirst(), dense.inputs(), dense.outputs(), dense.weight(), dense.bias());
      case Activate activate ->
          new Activate(operands.getFirst(), activate.activation(), activate.shape());
      case Add add -> new Add(operands, add.shape());
      case Concat concat -> new Concat(operands, concat.shape());
      case Scale scale -> new Scale(operands.getFirst(), scale.factor(), scale.shape());
      case Affine affine ->
          new Affine(operands.getFirst(), affine.scale(), affine.shift(), affine.shape());
      case Slice slice -> new Slice(operands.getFirst(), slice.from(), slice.shape());
      case Call call -> new Call(operands.getFirst(), call.network(), call.shape());
    };
  }

  /** The shape of what this layer gives. */
  Shape shape();

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
   * {@code y = W x + b}.
   *
   * @param inputs the number of columns of W
   * @param outputs the number of rows of W
   * @param weight the name of the tensor W, {@code [outputs, inputs]} as PyTorch stores it
   * @param bias the name of the tensor b, {@code [outputs]}; absent for a linear layer
   */
  record Dense(int operand, int inputs, int outputs, String weight, Optional<String> bias)
      implements Layer {
    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }

    @Override
    public Shape shape() {
      return Shape.vector(outputs);
    }
  }

  /** An activation, elementwise or in pairs; the shape stays. */
  record Activate(int operand, Activation activation, Shape shape) implements Layer {
    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }
  }

  /** The sum of two or more operands of one shape. */
  record Add(List<Integer> operands, Shape shape) implements Layer {
    public Add {
      operands = List.copyOf(operands);
    }
  }

  /** The operands one after the other, as one vector. */
  record Concat(List<Integer> operands, Shape shape) implements Layer {
    public Concat {
      operands = List.copyOf(operands);
    }
  }

  /**
   * {@code y = factor x}.
   *
   * @param factor finite, already rounded to the network's precision
   */
  record Scale(int operand, double factor, Shape shape) implements Layer {
    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }
  }

  /**
   * {@code y_i = scale_i x_i + shift_i}: the normalisation that formats like {@code .nnet} carry.
   *
   * @param scale finite, one per element, already rounded
   * @param shift finite, one per element, already rounded
   */
  record Affine(int operand, List<Double> scale, List<Double> shift, Shape shape) implements Layer {
    public Affine {
      scale = List.copyOf(scale);
      shift = List.copyOf(shift);
      if (scale.size() != shape.size() || shift.size() != shape.size()) {
        throw new IllegalArgumentException("normalisation does not fit " + shape);
      }
    }

    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }
  }

  /**
   * Neighbouring elements: those that one of several inputs has in the vector of all.
   *
   * @param from the first of them, from 0
   */
  record Slice(int operand, int from, Shape shape) implements Layer {
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
}
