package io.lipc.onnx.operator;

import io.lipc.model.activation.GroupedKind;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole vector divided by its length in l2, {@code x / max(|x|, c)}, in several nodes. */
public final class UnitLength {

  private final Arguments end;
  private final Layers layers;

  /** The division that a node ends, which is seen as if it read the vector alone. */
  public UnitLength(Arguments end, Layers layers) {
    this.end = end;
    this.layers = layers;
  }

  /**
   * The result.
   *
   * @param length the node that takes the length
   * @param least the number that is divided by where the length is below it
   * @param extents the shape that the divisor is expanded to, if it is
   */
  public Value.Signal ofParts(Arguments length, Value least, Optional<Value> extents)
      throws OnnxException {
    Value.Signal x = end.signal(0);
    Set<Integer> axes = new Reduction(length, layers).axesOf(x.shape());
    int left = 1;
    for (int d = 0; d < x.shape().size(); d++) {
      left *= axes.contains(d) ? 1 : x.shape().get(d);
    }
    if (left > 1) {
      throw length.unread(
          "takes %d lengths of parts of %s, and lipc divides a whole vector by its length"
              .formatted(left, Shapes.words(x.shape())),
          Outlook.NOT_PLANNED,
          "export the model with one vector, or up to it");
    }
    if (x.size() < 2) {
      throw length.unread(
          "takes the length of a single element, and dividing by it leaves its sign",
          Outlook.NOT_PLANNED,
          "leave it out");
    }
    requireShape(x, extents);
    int layer = layers.activate(x.layer(), GroupedKind.L2_NORMALIZE.with(List.of(divisor(least))));
    return new Value.Signal(layer, x.shape());
  }

  /** A divisor that is expanded further than x would repeat x. */
  private void requireShape(Value.Signal x, Optional<Value> extents) throws OnnxException {
    if (extents.isPresent()) {
      Arguments expand = end.with(List.of(extents));
      List<Integer> wanted =
          expand.constantIntegers(0, "a shape").stream().map(Math::toIntExact).toList();
      if (!Shapes.broadcast(x.shape(), wanted).equals(Optional.of(x.shape()))) {
        throw end.invalid(
            "divides %s by what is expanded to %s"
                .formatted(Shapes.words(x.shape()), Shapes.words(wanted)));
      }
    }
  }

  private double divisor(Value least) throws OnnxException {
    boolean single = least instanceof Value.Constant constant && constant.constant().size() == 1;
    double c = single ? ((Value.Constant) least).constant().get(0) : Double.NaN;
    if (!(c > 0) || Double.isInfinite(1 / c)) {
      throw end.unread(
          "divides by lengths that are not limited from below by a single positive number, and"
              + " has no Lipschitz bound then",
          Outlook.NOT_PLANNED,
          "export x / Max(ReduceL2(x), c), as torch.nn.functional.normalize(x, eps=c) is");
    }
    return c;
  }
}
