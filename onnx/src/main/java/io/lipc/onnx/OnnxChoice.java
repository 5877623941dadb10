package io.lipc.onnx;

import io.lipc.model.Shape;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The choices that a model's file leaves open: its output, and extents that may be any numbers.
 *
 * @param output the name of the output that is the network's; empty for the only one
 * @param shapes the extents of inputs by their names, where the file says that they may be any
 *     numbers
 */
public record OnnxChoice(Optional<String> output, Map<String, List<Integer>> shapes) {

  /** Digits of an extent: more are too many elements. */
  private static final int DIGITS = String.valueOf(Shape.MAX_SIZE).length();

  /** Copies the map. */
  public OnnxChoice {
    shapes = Map.copyOf(shapes);
  }

  /** No choice: the only output, and the extents that the file states. */
  public static OnnxChoice none() {
    return new OnnxChoice(Optional.empty(), Map.of());
  }

  /**
   * The choices as a user writes them.
   *
   * @param shapes each of the form {@code x=1,3,48,192}
   * @throws OnnxException if one is not of this form, or two are of one input
   */
  public static OnnxChoice of(Optional<String> output, List<String> shapes) throws OnnxException {
    Map<String, List<Integer>> read = new HashMap<>();
    for (String shape : shapes) {
      int equals = shape.lastIndexOf('=');
      if (equals < 1) {
        throw malformed(shape, "names no input");
      }
      String name = shape.substring(0, equals);
      if (read.put(name, extents(shape, shape.substring(equals + 1))) != null) {
        throw malformed(shape, "is the second one of " + OnnxException.quote(name));
      }
    }
    return new OnnxChoice(output, read);
  }

  private static List<Integer> extents(String shape, String text) throws OnnxException {
    List<Integer> extents = new ArrayList<>();
    for (String extent : text.split(",", -1)) {
      boolean number = extent.matches("[1-9][0-9]{0," + (DIGITS - 1) + "}");
      if (!number || Integer.parseInt(extent) > Shape.MAX_SIZE) {
        throw malformed(
            shape, OnnxException.quote(extent) + " is not a number from 1 to " + Shape.MAX_SIZE);
      }
      extents.add(Integer.parseInt(extent));
    }
    return extents;
  }

  private static OnnxException malformed(String shape, String fault) {
    return new OnnxException(
        "the shape %s is not of the form x=1,3,48,192, an input and its extents: %s"
            .formatted(OnnxException.quote(shape), fault));
  }
}
