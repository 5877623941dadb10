package io.lipc.onnx.operator;

import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operators that give their input another shape and keep the order of its elements. */
final class Reshaping {

  private final Arguments arguments;

  Reshaping(Arguments arguments) {
    this.arguments = arguments;
  }

  private Value reshaped(List<Integer> shape) throws OnnxException {
    return switch (arguments.value(0)) {
      case Value.Signal signal -> new Value.Signal(signal.layer(), shape);
      case Value.Constant constant -> new Value.Constant(constant.constant().reshaped(shape));
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }

  Value flatten() throws OnnxException {
    arguments.expect(1, 1, "axis");
    List<Integer> shape = arguments.value(0).shape();
    long axis = arguments.integer("axis", 1);
    int split = axis(axis, shape.size(), shape.size());
    return reshaped(
        List.of(
            Shapes.size(shape.subList(0, split)), Shapes.size(shape.subList(split, shape.size()))));
  }

  /** An axis from 0; negative ones count from the end. */
  private int axis(long axis, int rank, int most) throws OnnxException {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted > most) {
      throw arguments.invalid("has axis " + axis + " of a tensor with " + rank + " extents");
    }
    return (int) counted;
  }

  Value reshape() throws OnnxException {
    arguments.expect(2, 2, "allowzero");
    List<Long> wanted = arguments.constantIntegers(1, "a shape");
    List<Integer> from = arguments.value(0).shape();
    boolean allowZero = arguments.integer("allowzero", 0) != 0;
    return reshaped(
        Shapes.reshape(from, wanted, allowZero)
            .orElseThrow(
                () ->
                    arguments.invalid(
                        String.format(
                            "makes the shape %s of %s, which has other elements",
                            Shapes.words(wanted), Shapes.words(from)))));
  }

  Value squeeze() throws OnnxException {
    arguments.expect(1, 2, "axes");
    List<Integer> from = arguments.value(0).shape();
    Optional<List<Long>> axes = arguments.axes();
    if (axes.isPresent() && axes.get().isEmpty() && from.contains(1)) {
      throw arguments.unread(
          "names no extents in a list of axes that is there, which runtimes read as all of 1 in "
              + Shapes.words(from),
          Outlook.NOT_PLANNED,
          "leave the list out, or name them");
    }
    Set<Integer> dropped = axes.isPresent() ? places(axes.get(), from.size()) : new HashSet<>();
    List<Integer> shape = new ArrayList<>();
    for (int d = 0; d < from.size(); d++) {
      boolean drop = axes.isPresent() ? dropped.contains(d) : from.get(d) == 1;
      if (!drop) {
        shape.add(from.get(d));
      } else if (from.get(d) != 1) {
        throw arguments.invalid("removes extent " + d + " of " + Shapes.words(from));
      }
    }
    return reshaped(shape);
  }

  Value unsqueeze() throws OnnxException {
    arguments.expect(1, 2, "axes");
    List<Integer> from = arguments.value(0).shape();
    List<Long> axes = arguments.axes().orElseThrow(() -> arguments.invalid("has no axes"));
    int rank = from.size() + axes.size();
    if (rank > Shapes.MAX_RANK) {
      throw arguments.unread(
          "makes a tensor of " + rank + " extents",
          Outlook.NOT_PLANNED,
          "make it smaller, with up to " + Shapes.MAX_RANK + " extents");
    }
    Set<Integer> added = places(axes, rank);
    List<Integer> shape = new ArrayList<>();
    int next = 0;
    for (int d = 0; d < rank; d++) {
      shape.add(added.contains(d) ? 1 : from.get(next++));
    }
    return reshaped(shape);
  }

  private Set<Integer> places(List<Long> axes, int rank) throws OnnxException {
    Set<Integer> places = new HashSet<>();
    for (long axis : axes) {
      if (!places.add(axis(axis, rank, rank - 1))) {
        throw arguments.invalid("has axis " + axis + " twice");
      }
    }
    return places;
  }
}
