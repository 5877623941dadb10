package io.lipc.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pad: zeros around an image, which become padding of the convolutions that read it. */
final class Padding {

  private static final int ABOVE = 2;
  private static final int LEFT = 3;

  private final Arguments arguments;

  Padding(Arguments arguments) {
    this.arguments = arguments;
  }

  Value apply() throws OnnxException {
    arguments.expect(1, 4, "mode", "pads", "value");
    Value.Signal signal = arguments.signal(0);
    String mode = arguments.text("mode", "constant");
    if (!mode.equals("constant")) {
      throw arguments.fault(
          "pads by "
              + OnnxException.quote(mode)
              + ", and lipc reads constant zeros, for which alone its bounds of convolutions hold");
    }
    List<Long> pads = pads(signal.shape());
    if (pads.stream().allMatch(zeros -> zeros == 0)) {
      return signal;
    }
    if (value() != 0) {
      throw arguments.fault("pads with " + value() + ", and lipc reads padding with zeros");
    }
    return padded(signal, pads);
  }

  private Value.Padded padded(Value.Signal signal, List<Long> pads) throws OnnxException {
    int rank = signal.shape().size();
    if (pads.stream().anyMatch(zeros -> zeros < 0)) {
      throw arguments.fault("cuts pixels off (pads %s), which lipc does not read".formatted(pads));
    }
    arguments.image(0);
    if (pads.get(0) + pads.get(1) + pads.get(rank) + pads.get(rank + 1) != 0) {
      throw arguments.fault(
          "pads the batch or the channels (pads %s), and lipc reads padding of height and width"
              .formatted(pads));
    }
    List<Long> zeros =
        List.of(pads.get(ABOVE), pads.get(LEFT), pads.get(rank + ABOVE), pads.get(rank + LEFT));
    List<Long> extents = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      extents.add(signal.shape().get(d) + pads.get(d) + pads.get(rank + d));
    }
    if (!Shapes.isValid(extents)) {
      throw arguments.fault("makes an image of shape " + Shapes.words(extents));
    }
    return new Value.Padded(
        signal, zeros.stream().map(Long::intValue).toList(), arguments.node().place());
  }

  /** What the new elements are. */
  private double value() throws OnnxException {
    if (arguments.optional(2).isEmpty()) {
      return arguments.real("value", 0);
    }
    OnnxConstant value = arguments.real(2, "a value");
    if (value.size() != 1) {
      throw arguments.fault("pads with " + value.size() + " values");
    }
    return value.get(0);
  }

  /** How many elements are added before each extent, and then how many after each. */
  private List<Long> pads(List<Integer> shape) throws OnnxException {
    if (arguments.has("pads") == arguments.optional(1).isPresent()) {
      throw arguments.fault("has its pads neither as an attribute nor as an input, or twice");
    }
    List<Long> stated =
        arguments.has("pads")
            ? Arrays.stream(arguments.integers("pads")).mapToObj(zeros -> (long) zeros).toList()
            : arguments.constantIntegers(1, "a list of pads");
    List<Integer> axes = axes(shape.size());
    if (stated.size() != 2 * axes.size()) {
      throw arguments.fault(
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
      throw arguments.fault("adds " + zeros + " elements to an extent");
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
        throw arguments.fault("has axis " + axis + " twice, or of " + rank + " extents");
      }
      axes.add((int) counted);
    }
    return axes;
  }
}
