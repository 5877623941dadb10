package io.lipc.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signals one after the other: the channels of images, or the elements of vectors. All extents
 * before the axis are 1, so that the elements of each stay neighbours.
 */
final class Concatenation {

  private final Arguments arguments;
  private final Layers layers;

  Concatenation(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  Value.Signal apply() throws OnnxException {
    arguments.expect(1, Integer.MAX_VALUE, "axis");
    List<Value.Signal> signals = new ArrayList<>();
    for (Optional<Value> input : arguments.inputs()) {
      if (input.isEmpty()) {
        throw arguments.fault("leaves out an operand");
      }
      signals.add(arguments.signal(signals.size()));
    }
    int axis = axis(signals.getFirst().shape());
    List<Long> extents = extents(signals, axis);
    if (!Shapes.isValid(extents)) {
      throw arguments.fault("makes a tensor of shape " + Shapes.words(extents));
    }
    if (signals.size() == 1) {
      return signals.getFirst();
    }
    List<Integer> shape = extents.stream().map(Long::intValue).toList();
    List<Integer> operands = signals.stream().map(Value.Signal::layer).toList();
    return new Value.Signal(layers.concat(operands, Shapes.ofRow(shape)), shape);
  }

  private int axis(List<Integer> shape) throws OnnxException {
    if (!arguments.has("axis")) {
      throw arguments.fault("has no attribute `axis`");
    }
    long axis = arguments.integer("axis", 0);
    int rank = shape.size();
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw arguments.fault("has axis " + axis + " of a tensor with " + rank + " extents");
    }
    boolean batch = counted == 0 && rank > 1;
    if (batch || shape.subList(0, (int) counted).stream().anyMatch(extent -> extent != 1)) {
      throw arguments.fault(
          "joins along axis %d of %s, and lipc joins channels of images or elements of vectors"
              .formatted(axis, Shapes.words(shape)));
    }
    return (int) counted;
  }

  /** Those of the first signal, and along the axis the sum of all. */
  private List<Long> extents(List<Value.Signal> signals, int axis) throws OnnxException {
    List<Integer> first = signals.getFirst().shape();
    long sum = 0;
    for (Value.Signal signal : signals) {
      List<Integer> others = new ArrayList<>(signal.shape());
      if (others.size() == first.size()) {
        sum += others.set(axis, first.get(axis));
      }
      if (!others.equals(first)) {
        throw arguments.fault(
            "joins signals of shapes %s and %s along axis %d, which do not fit"
                .formatted(Shapes.words(first), Shapes.words(signal.shape()), axis));
      }
    }
    List<Long> extents = new ArrayList<>(first.stream().map(Integer::longValue).toList());
    extents.set(axis, sum);
    return extents;
  }
}
