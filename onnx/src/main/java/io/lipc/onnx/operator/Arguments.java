package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Grid;
import io.lipc.onnx.graph.ExternalData;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.graph.OnnxTensorReader;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.protobuf.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * A node with the values that it reads.
 *
 * @param inputs in its order; absent ones were left out
 * @param opset the version of ONNX's operators that the model was made for
 * @param external what tensors have in files beside the model
 */
public record Arguments(
    OnnxNode node, List<Optional<Value>> inputs, int opset, ExternalData external, Budget budget) {

  /** The fields of values: a float, an integer, ..., and lists of these. */
  private static final int[] VALUES = {2, 3, 4, 5, 6, 22, 14, 7, 8, 9, 10, 11, 23, 15};

  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int STRING = 3;
  private static final int TENSOR = 4;
  private static final int FLOATS = 6;
  private static final int INTS = 7;

  public Arguments {
    inputs = List.copyOf(inputs);
  }

  /** The same node, which reads others. */
  Arguments with(List<Optional<Value>> others) {
    return new Arguments(node, others, opset, external, budget);
  }

  /** As of {@link OnnxNode}. */
  OnnxException invalid(String clause) {
    return node.invalid(clause);
  }

  /** As of {@link OnnxNode}. */
  OnnxException unread(String clause, Outlook outlook, String help) {
    return node.unread(clause, outlook, help);
  }

  /**
   * Checks that the node has so many inputs, and no attribute but these: another one might change
   * its meaning.
   */
  void expect(int least, int most, String... attributes) throws OnnxException {
    boolean missing = inputs.stream().limit(least).anyMatch(Optional::isEmpty);
    if (inputs.size() < least || inputs.size() > most || missing) {
      String wanted = least == most ? String.valueOf(least) : least + " to " + most;
      throw invalid("has " + inputs.size() + " inputs where " + wanted + " are expected");
    }
    Set<String> known = Set.of(attributes);
    for (String name : node.attributes().keySet()) {
      if (!known.contains(name)) {
        throw unread(
            "has attribute " + OnnxException.quote(name) + ", which lipc does not read",
            Outlook.NOT_PLANNED,
            "export the model without it");
      }
    }
  }

  Optional<Value> optional(int index) {
    return index < inputs.size() ? inputs.get(index) : Optional.empty();
  }

  Value value(int index) {
    return optional(index).orElseThrow();
  }

  /** An input that depends on the network's input. */
  public Value.Signal signal(int index) throws OnnxException {
    return switch (value(index)) {
      case Value.Signal signal -> signal;
      case Value.Constant _ ->
          throw unread(
              "computes with constants alone",
              Outlook.NOT_PLANNED,
              "fold them when the model is exported");
      case Value.Padded padded -> throw unmerged(padded);
    };
  }

  /**
   * An exception that says that the node is no convolution that could have the zeros around an
   * image as its padding.
   */
  OnnxException unmerged(Value.Padded padded) {
    return unread("reads " + padded.words(), Outlook.NOT_PLANNED, "pad as part of Conv");
  }

  /** A constant of real numbers. */
  OnnxConstant real(int index, String what) throws OnnxException {
    if (!(value(index) instanceof Value.Constant constant)) {
      throw unread(
          "has " + what + " that depends on the input",
          Outlook.NOT_PLANNED,
          "export the model with a constant in its place");
    }
    if (!constant.constant().kind().isReal()) {
      throw unread(
          "has " + what + " of integers",
          Outlook.NOT_PLANNED,
          "export the model with real numbers");
    }
    return constant.constant();
  }

  /** The image that an input is: one, with its channels first. */
  Grid image(int index) throws OnnxException {
    List<Integer> shape = value(index).shape();
    String shown = Shapes.words(shape);
    if (shape.size() != 4) {
      throw switch (shape.size()) {
        case 3 ->
            unread(
                "reads " + shown + ", which has one axis of pixels, and lipc reads images",
                Outlook.PLANNED,
                "give it a height of 1 by Unsqueeze, which is read");
        case 5 ->
            unread(
                "reads " + shown + ", which has three axes of pixels, and lipc reads images",
                Outlook.NOT_PLANNED,
                "export a model of images");
        default -> invalid("reads " + shown + ", and not [1, channels, height, width]");
      };
    }
    if (shape.getFirst() != 1) {
      throw unread(
          "reads %d images at once (shape %s), and lipc reads networks of one"
              .formatted(shape.getFirst(), shown),
          Outlook.NOT_PLANNED,
          "export the model with a batch of any size or of 1");
    }
    return new Grid(shape.get(1), shape.get(2), shape.get(3));
  }

  /** A small list of integers that is an input: a shape, axes, or numbers of pixels. */
  List<Long> constantIntegers(int index, String what) throws OnnxException {
    if (!(value(index) instanceof Value.Constant constant)) {
      throw unread(
          "has " + what + " that depends on the input",
          Outlook.NOT_PLANNED,
          "export the model for inputs of fixed size");
    }
    OnnxConstant integers = constant.constant();
    if (integers.kind() != OnnxConstant.Kind.INTEGER || integers.size() > Shapes.MAX_RANK) {
      throw invalid("has " + what + " that is not a short list of integers");
    }
    return longs(integers.values());
  }

  /** The same, if it is there. */
  Optional<List<Long>> optionalIntegers(int index, String what) throws OnnxException {
    return optional(index).isPresent()
        ? Optional.of(constantIntegers(index, what))
        : Optional.empty();
  }

  /** A constant of integers. */
  OnnxConstant integers(int index, String what) throws OnnxException {
    if (!(value(index) instanceof Value.Constant constant)) {
      throw unread(
          "has " + what + " that depend on the input",
          Outlook.NOT_PLANNED,
          "export the model for inputs of fixed size");
    }
    if (constant.constant().kind() != OnnxConstant.Kind.INTEGER) {
      throw invalid("has " + what + " that are not integers");
    }
    return constant.constant();
  }

  /** An attribute that names one extent, counted from 0. */
  int axis(String name, long otherwise, int rank) throws OnnxException {
    return place(integer(name, otherwise), rank);
  }

  /** The extent that an axis names; negative ones count from the end. */
  int place(long axis, int rank) throws OnnxException {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw invalid("has axis " + axis + " of a tensor with " + rank + " extents");
    }
    return (int) counted;
  }

  /** An attribute that is a list of integers. */
  List<Long> longs(String name) throws OnnxException {
    return longs(integers(name));
  }

  private static List<Long> longs(double[] values) {
    return DoubleStream.of(values).mapToObj(value -> (long) value).toList();
  }

  boolean has(String attribute) {
    return node.attributes().containsKey(attribute);
  }

  private Optional<Message> attribute(String name, int type) throws OnnxException {
    Message attribute = node.attributes().get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    if (attribute.has(21) || attribute.integer(20).orElse(type) != type) {
      throw invalid("has attribute `" + name + "` of another type than the operator has");
    }
    long values = Arrays.stream(VALUES).filter(attribute::has).count();
    if (values > 1) {
      throw invalid("has attribute `" + name + "` with values of " + values + " types");
    }
    return Optional.of(attribute);
  }

  long integer(String name, long otherwise) throws OnnxException {
    Optional<Message> attribute = attribute(name, INT);
    return attribute.isPresent() ? attribute.get().integer(3).orElse(0) : otherwise;
  }

  float real(String name, float otherwise) throws OnnxException {
    Optional<Message> attribute = attribute(name, FLOAT);
    float value = attribute.isPresent() ? attribute.get().single(2) : otherwise;
    if (!Float.isFinite(value)) {
      throw invalid("has attribute `" + name + "` = " + value);
    }
    return value;
  }

  String text(String name, String otherwise) throws OnnxException {
    Optional<Message> attribute = attribute(name, STRING);
    return attribute.isPresent() ? attribute.get().text(4) : otherwise;
  }

  double[] reals(String name) throws OnnxException {
    Optional<Message> attribute = attribute(name, FLOATS);
    return attribute.isPresent() ? attribute.get().floats(7) : new double[0];
  }

  double[] integers(String name) throws OnnxException {
    Optional<Message> attribute = attribute(name, INTS);
    return attribute.isPresent() ? attribute.get().integers(8) : new double[0];
  }

  OnnxConstant tensor(String name) throws OnnxException {
    Message tensor =
        attribute(name, TENSOR)
            .orElseThrow(() -> invalid("has no attribute `" + name + "`"))
            .message(5, Schema.TENSOR, "the tensor of " + node.place())
            .orElseThrow(() -> invalid("has no tensor in attribute `" + name + "`"));
    return OnnxTensorReader.read(tensor, "the constant of " + node.place(), external, budget);
  }

  /** Axes, which older operators have as an attribute and newer ones as an input. */
  Optional<List<Long>> axes() throws OnnxException {
    if (has("axes") && optional(1).isPresent()) {
      throw invalid("has its axes twice, as an attribute and as an input");
    }
    if (has("axes")) {
      return Optional.of(longs(integers("axes")));
    }
    return optional(1).isPresent()
        ? Optional.of(constantIntegers(1, "a list of axes"))
        : Optional.empty();
  }
}
