package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pad: zeros around an image, which become padding of the convolutions that read it, and a
 * convolution of their own before other operators.
 */
final class Padding {

  private final Arguments arguments;
  private final Layers layers;

  Padding(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  Value apply() throws OnnxException {
    arguments.expect(1, 4, "mode", "pads", "value");
    Value.Signal signal = arguments.signal(0);
    String mode = arguments.text("mode", "constant");
    if (!mode.equals("constant")) {
      throw arguments.unread(
          "pads by " + OnnxException.quote(mode),
          Outlook.NOT_PLANNED,
          "train and export the model with constant padding");
    }
    List<Long> pads = pads(signal.shape());
    if (pads.stream().allMatch(zeros -> zeros == 0)) {
      return signal;
    }
    if (pads.stream().anyMatch(zeros -> zeros < 0)) {
      throw arguments.unread(
          "cuts elements off (pads %s)".formatted(Shapes.words(pads)),
          Outlook.NOT_PLANNED,
          "use Slice, which is read");
    }
    double value = value();
    Value.Padded padded = padded(signal, pads);
    if (value == 0 && padded.image().shape().equals(signal.shape())) {
      return padded;
    }
    Value.Signal filled = filled(padded, value);
    return new Value.Signal(filled.layer(), extents(signal.shape(), pads));
  }

  /**
   * The image that a tensor is: its last two extents are height and width, with one channel for all
   * before.
   */
  private static List<Integer> image(List<Integer> shape) {
    List<Integer> image = new ArrayList<>(Collections.nCopies(4, 1));
    for (int back = 1; back <= Math.min(2, shape.size()); back++) {
      image.set(4 - back, shape.get(shape.size() - back));
    }
    image.set(1, Shapes.size(shape) / Math.max(1, image.get(2) * image.get(3)));
    return image;
  }

  private List<Integer> extents(List<Integer> shape, List<Long> pads) throws OnnxException {
    List<Long> extents = new ArrayList<>();
    for (int d = 0; d < shape.size(); d++) {
      extents.add(shape.get(d) + pads.get(d) + pads.get(shape.size() + d));
    }
    if (!Shapes.isValid(extents)) {
      throw arguments.unread(
          "makes a tensor of shape " + Shapes.words(extents),
          Outlook.NOT_PLANNED,
          "make it smaller, with up to " + Shapes.MAX_RANK + " extents");
    }
    return extents.stream().map(Long::intValue).toList();
  }

  /** Pads of the last two extents; of others there are none. */
  private Value.Padded padded(Value.Signal signal, List<Long> pads) throws OnnxException {
    extents(signal.shape(), pads);
    int rank = signal.shape().size();
    List<Integer> zeros = new ArrayList<>(Collections.nCopies(4, 0));
    for (int d = 0; d < rank; d++) {
      int place = d - rank + 2;
      if (place >= 0) {
        zeros.set(place, pads.get(d).intValue());
        zeros.set(place + 2, pads.get(rank + d).intValue());
      } else if (pads.get(d) + pads.get(rank + d) != 0) {
        throw arguments.unread(
            "pads other extents than the last two (pads %s)".formatted(Shapes.words(pads)),
            Outlook.NOT_PLANNED,
            "transpose before and after it");
      }
    }
    Value.Signal image = new Value.Signal(signal.layer(), image(signal.shape()));
    return new Value.Padded(image, zeros, arguments.node().place());
  }

  /** A layer with the new elements, which are zeros to which the value is added. */
  private Value.Signal filled(Value.Padded padded, double value) throws OnnxException {
    Value.Signal zeros = layers.padded(padded);
    List<Integer> shape = zeros.shape();
    List<Integer> inside = padded.image().shape();
    arguments.budget().numbers(zeros.size());
    double[] shift = new double[zeros.size()];
    Arrays.fill(shift, value);
    for (int row = 0; row < inside.get(1) * inside.get(2); row++) {
      int y = row % inside.get(2) + padded.padding().get(0);
      int begin = (row / inside.get(2) * shape.get(2) + y) * shape.get(3) + padded.padding().get(1);
      Arrays.fill(shift, begin, begin + inside.get(3), 0);
    }
    return new Value.Signal(layers.shift(zeros.layer(), shift), shape);
  }

  /** The number that the new elements have. */
  private double value() throws OnnxException {
    if (arguments.optional(2).isEmpty()) {
      return arguments.real("value", 0);
    }
    OnnxConstant value = arguments.real(2, "a value");
    if (value.size() != 1) {
      throw arguments.invalid("pads with " + value.size() + " values");
    }
    return value.get(0);
  }

  /** The numbers of elements that are added before each extent, and then after each. */
  private List<Long> pads(List<Integer> shape) throws OnnxException {
    if (arguments.has("pads") == arguments.optional(1).isPresent()) {
      throw arguments.invalid("has its pads neither as an attribute nor as an input, or twice");
    }
    List<Long> stated =
        arguments.has("pads")
            ? Arrays.stream(arguments.integers("pads")).mapToObj(zeros -> (long) zeros).toList()
            : arguments.constantIntegers(1, "a list of pads");
    List<Integer> axes = axes(shape.size());
    if (stated.size() != 2 * axes.size()) {
      throw arguments.invalid(
          "has %d pads for %d extents, and not two for each".formatted(stated.size(), axes.size()));
    }
    List<Long> pads = new ArrayList<>(Collections.nCopies(2 * shape.size(), 0L));
    for (int i = 0; i < axes.size(); i++) {
      pads.set(axes.get(i), bounded(stated.get(i)));
      pads.set(shape.size() + axes.get(i), bounded(stated.get(axes.size() + i)));
    }
    return pads;
  }

  private long bounded(long zeros) throws OnnxException {
    if (zeros < -Integer.MAX_VALUE || zeros > Integer.MAX_VALUE) {
      throw arguments.unread(
          "adds " + zeros + " elements to an extent",
          Outlook.NOT_PLANNED,
          "make the image smaller");
    }
    return zeros;
  }

  /** The extents that are padded: all, where none are named. */
  private List<Integer> axes(int rank) throws OnnxException {
    Optional<Value> named = arguments.optional(3);
    List<Integer> axes = new ArrayList<>();
    if (named.isEmpty()) {
      for (int d = 0; d < rank; d++) {
        axes.add(d);
      }
      return axes;
    }
    Set<Integer> seen = new HashSet<>();
    for (long axis : arguments.constantIntegers(3, "a list of axes")) {
      long counted = axis < 0 ? axis + rank : axis;
      if (counted < 0 || counted >= rank || !seen.add((int) counted)) {
        throw arguments.invalid("has axis " + axis + " twice, or of " + rank + " extents");
      }
      axes.add((int) counted);
    }
    return axes;
  }
}
