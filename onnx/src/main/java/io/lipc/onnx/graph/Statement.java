package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.protobuf.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A statement of the file about a value: its type and shape. Both follow from the nodes as well,
 * and a file that contradicts its nodes is not understood.
 *
 * @param isTyped whether it says anything
 * @param element the type of a tensor's elements; empty if it is not a tensor
 * @param extents the shape of a tensor, if it is said; an extent that may be any number is empty
 */
public record Statement(
    boolean isTyped, OptionalLong element, Optional<List<OptionalLong>> extents) {

  private static final int TENSOR = 1;

  /** A list, a map, something opaque, a sparse tensor, or an optional value. */
  private static final int[] OTHERS = {4, 5, 7, 8, 9};

  static Statement read(Message value) throws OnnxException {
    String name = "the type of " + OnnxException.quote(value.text(1));
    Optional<Message> type = value.message(2, Schema.TYPE, name);
    if (type.isEmpty()) {
      return new Statement(false, OptionalLong.empty(), Optional.empty());
    }
    Optional<Message> tensor = type.get().message(TENSOR, Schema.TENSOR_TYPE, name);
    for (int other : OTHERS) {
      if (tensor.isPresent() && type.get().has(other)) {
        throw new OnnxException(name + " is a tensor and something else");
      }
    }
    if (tensor.isEmpty()) {
      return new Statement(true, OptionalLong.empty(), Optional.empty());
    }
    Optional<Message> shape = tensor.get().message(2, Schema.SHAPE, name);
    return new Statement(
        true,
        OptionalLong.of(tensor.get().integer(1).orElse(0)),
        shape.isPresent() ? Optional.of(extents(shape.get(), name)) : Optional.empty());
  }

  private static List<OptionalLong> extents(Message shape, String name) throws OnnxException {
    List<OptionalLong> extents = new ArrayList<>();
    for (Message extent : shape.messages(1, Schema.EXTENT, name)) {
      if (extent.has(1) && extent.has(2)) {
        throw new OnnxException(name + " has an extent with a number and a name");
      }
      extents.add(extent.integer(1));
    }
    return extents;
  }

  /** The difference between statement and value, as a clause; empty if there is none. */
  public Optional<String> contradiction(Value value) {
    if (!isTyped) {
      return Optional.empty();
    }
    if (element.isEmpty()) {
      return Optional.of("is said not to be a tensor");
    }
    if (!fits(element.getAsLong(), value)) {
      return Optional.of("is said to be of " + OnnxTensorReader.typeName(element.getAsLong()));
    }
    return extents
        .filter(stated -> !fits(stated, value.shape()))
        .map(
            stated ->
                "is said to have the shape %s, and has %s"
                    .formatted(words(stated), Shapes.words(value.shape())));
  }

  /** Signals are real numbers here, whichever format rounds them. */
  private static boolean fits(long type, Value value) {
    return switch (value) {
      case Value.Signal _, Value.Padded _ -> type == 0 || OnnxTensorReader.isReal(type);
      case Value.Constant constant ->
          switch (constant.constant().kind()) {
            case SINGLE, DOUBLE -> type == 0 || OnnxTensorReader.isReal(type);
            case INTEGER -> type == 0 || type == 6 || type == 7;
            case BOOLEAN -> type == 0 || type == 9;
          };
    };
  }

  private static boolean fits(List<OptionalLong> stated, List<Integer> shape) {
    if (stated.size() != shape.size()) {
      return false;
    }
    for (int i = 0; i < shape.size(); i++) {
      if (stated.get(i).isPresent() && stated.get(i).getAsLong() != shape.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Extents as messages write them: `any` where an extent may be any number. */
  static String words(List<OptionalLong> extents) {
    List<String> words = new ArrayList<>();
    for (OptionalLong extent : extents.subList(0, Math.min(20, extents.size()))) {
      words.add(extent.isPresent() ? String.valueOf(extent.getAsLong()) : "any");
    }
    return words.toString();
  }
}
