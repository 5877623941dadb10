package io.lipc.onnx.operator;

import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signals joined along one of their extents, but for the batch. */
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
        throw arguments.invalid("leaves out an operand");
      }
      if (input.get() instanceof Value.Constant) {
        throw arguments.unread(
            "joins signals and constants",
            Outlook.NOT_PLANNED,
            "export the model with the constant part added by a Gemm before");
      }
      signals.add(arguments.signal(signals.size()));
    }
    List<Integer> first = signals.getFirst().shape();
    Joint joint = Joint.of(arguments, signals.stream().map(Value.Signal::shape).toList());
    if (arguments.axis("axis", 0, first.size()) == 0 && first.size() > 1) {
      throw arguments.unread(
          "joins along axis %d of %s, which is that of the batch, and lipc reads networks of one vector or image"
              .formatted(arguments.integer("axis", 0), Shapes.words(first)),
          Outlook.NOT_PLANNED,
          "export the model with a batch of any size or of 1, and join along another axis");
    }
    if (signals.size() == 1) {
      return signals.getFirst();
    }
    return new Value.Signal(joined(signals, joint), joint.shape());
  }

  private int joined(List<Value.Signal> signals, Joint joint) throws OnnxException {
    List<Integer> operands = signals.stream().map(Value.Signal::layer).toList();
    int all = layers.concat(operands, Shapes.ofRow(joint.shape()));
    return layers.select(all, joint.pick().places(), Shapes.ofRow(joint.shape()));
  }
}
