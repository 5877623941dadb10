package io.lipc.onnx.operator;

import io.lipc.model.activation.GroupedKind;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Layer normalisation along the last axes: {@code (x - mean) / sqrt(variance + epsilon)}, and then
 * a scale and a bias of each element, where they are given.
 */
public final class LayerNormalization {

  private static final float USUAL_EPSILON = 1e-5f;

  private final Arguments arguments;
  private final Layers layers;

  /** The normalisation that a node is, or ends. */
  public LayerNormalization(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /** The operator of that name. */
  Value.Signal apply() throws OnnxException {
    arguments.expect(2, 3, "axis", "epsilon", "stash_type");
    Value.Signal x = arguments.signal(0);
    int axis = arguments.axis("axis", -1, x.shape().size());
    Value.Signal normal = normalised(x, axis, arguments.real("epsilon", USUAL_EPSILON));
    int layer = layers.scale(normal.layer(), spread(1, "a scale", x.shape()));
    if (arguments.optional(2).isPresent()) {
      layer = layers.shift(layer, spread(2, "a bias", x.shape()));
    }
    return new Value.Signal(layer, x.shape());
  }

  /**
   * One in several nodes, of which this is the last.
   *
   * @param x what is normalised
   * @param means the nodes that take means: of x, and of squares that have its shape, as if they
   *     read x
   * @param exponent by which differences are squared, if by a power
   * @param epsilon what is added to the variance
   */
  public Value.Signal ofParts(
      Value.Signal x, List<Arguments> means, Optional<Value> exponent, Value epsilon)
      throws OnnxException {
    int rank = x.shape().size();
    int axis = rank;
    for (Arguments mean : means) {
      Set<Integer> axes = new Reduction(mean, layers).axesOf(x.shape());
      axis = axes.stream().min(Integer::compare).orElse(rank);
      Set<Integer> last = IntStream.range(axis, rank).boxed().collect(Collectors.toSet());
      boolean same = axes.equals(new Reduction(means.getFirst(), layers).axesOf(x.shape()));
      if (!same || !axes.equals(last) || mean.integer("keepdims", 1) == 0) {
        throw mean.unread(
            "is part of a layer normalisation along axes %s of %s that are not the last, or not the"
                    .formatted(axes, Shapes.words(x.shape()))
                + " same in all of its means",
            Outlook.NOT_PLANNED,
            "transpose what is normalised to the last axes");
      }
    }
    if (exponent.isPresent() && single(exponent.get(), "an exponent") != 2) {
      throw arguments.unread(
          "divides by a deviation that is no mean of squares",
          Outlook.NOT_PLANNED,
          "export the model up to it");
    }
    return normalised(x, axis, single(epsilon, "an epsilon"));
  }

  private Value.Signal normalised(Value.Signal x, int axis, double epsilon) throws OnnxException {
    int group = Shapes.size(x.shape().subList(axis, x.shape().size()));
    if (!(epsilon > 0)) {
      throw arguments.unread(
          "adds epsilon = "
              + epsilon
              + " to the variance, and has no Lipschitz bound where that is"
              + " not positive",
          Outlook.NOT_PLANNED,
          "train and export the model with a larger epsilon, such as 1e-5");
    }
    if (group < 2) {
      throw arguments.unread(
          "normalises single elements of %s, which leaves 0".formatted(Shapes.words(x.shape())),
          Outlook.NOT_PLANNED,
          "leave it out");
    }
    double size = group == x.size() ? 0 : group;
    int layer =
        layers.activateNeighbours(x.layer(), GroupedKind.LAYER_NORM.with(List.of(epsilon, size)));
    return new Value.Signal(layer, x.shape());
  }

  private double[] spread(int index, String what, List<Integer> shape) throws OnnxException {
    OnnxConstant constant = arguments.real(index, what);
    if (!Shapes.broadcast(shape, constant.shape()).filter(shape::equals).isPresent()) {
      throw arguments.invalid(
          "has %s of shape %s for %s"
              .formatted(what, Shapes.words(constant.shape()), Shapes.words(shape)));
    }
    arguments.budget().numbers(Shapes.size(shape));
    return constant.broadcastTo(shape, arguments.budget());
  }

  private double single(Value value, String what) throws OnnxException {
    if (value instanceof Value.Constant constant && constant.constant().size() == 1) {
      return constant.constant().get(0);
    }
    throw arguments.unread(
        "has " + what + " that is not a single number",
        Outlook.NOT_PLANNED,
        "export the model with a constant in its place");
  }
}
