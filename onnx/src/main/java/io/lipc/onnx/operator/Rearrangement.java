package io.lipc.onnx.operator;

import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Pick;
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
import java.util.stream.IntStream;

/**
 * Operators that give elements of their first input in another order, or some of them: of a signal
 * by a selection, of a constant at once.
 */
final class Rearrangement {

  private final Arguments arguments;
  private final Layers layers;

  Rearrangement(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  private List<Integer> from() {
    return arguments.value(0).shape();
  }

  Value transpose() throws OnnxException {
    arguments.expect(1, 1, "perm");
    List<Integer> from = from();
    double[] stated = arguments.integers("perm");
    List<Integer> order =
        arguments.has("perm")
            ? Arrays.stream(stated).mapToObj(d -> (int) d).toList()
            : IntStream.range(0, from.size()).mapToObj(d -> from.size() - 1 - d).toList();
    if (!order.stream().sorted().toList().equals(numbers(from.size()))) {
      throw arguments.invalid("has an order of extents that is none of " + Shapes.words(from));
    }
    arguments.budget().numbers(Shapes.size(from));
    return picked(Pick.transposed(from, order));
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Older versions have their numbers as attributes and no steps. */
  Value slice() throws OnnxException {
    List<Integer> from = from();
    List<Long> starts;
    List<Long> ends;
    List<Long> steps;
    Optional<List<Long>> axes;
    if (arguments.opset() < 10) {
      arguments.expect(1, 1, "axes", "ends", "starts");
      starts = arguments.longs("starts");
      ends = arguments.longs("ends");
      steps = Collections.nCopies(starts.size(), 1L);
      axes = arguments.has("axes") ? Optional.of(arguments.longs("axes")) : Optional.empty();
    } else {
      arguments.expect(3, 5);
      starts = arguments.constantIntegers(1, "a list of starts");
      ends = arguments.constantIntegers(2, "a list of ends");
      axes = arguments.optionalIntegers(3, "a list of axes");
      steps =
          arguments
              .optionalIntegers(4, "a list of steps")
              .orElse(Collections.nCopies(starts.size(), 1L));
    }
    List<Integer> places = axes.isPresent() ? places(axes.get()) : numbers(starts.size());
    boolean fits = ends.size() == starts.size() && steps.size() == starts.size();
    if (!fits || places.size() != starts.size() || starts.size() > from.size()) {
      throw arguments.invalid(
          "has %d starts, %d ends, %d axes and %d steps for %s"
              .formatted(
                  starts.size(), ends.size(), places.size(), steps.size(), Shapes.words(from)));
    }
    List<int[]> taken = all(from);
    for (int i = 0; i < places.size(); i++) {
      int axis = places.get(i);
      taken.set(axis, range(from.get(axis), starts.get(i), ends.get(i), steps.get(i)));
    }
    return taken(taken);
  }

  /** The numbers from {@code start} to before {@code end}, clamped as the operator says. */
  private int[] range(int extent, long start, long end, long step) throws OnnxException {
    if (step == 0) {
      throw arguments.invalid("has a step of 0");
    }
    int most = step > 0 ? extent : extent - 1;
    int least = step > 0 ? 0 : -1;
    long first = Math.clamp(start < 0 ? start + extent : start, Math.min(0, most), most);
    long last = Math.clamp(end < 0 ? end + extent : end, least, most);
    long distance = step > 0 ? last - first : first - last;
    long stride = Math.clamp(Math.abs(Math.max(step, -Long.MAX_VALUE)), 1, Integer.MAX_VALUE);
    int count = (int) Math.max(0, Math.ceilDiv(distance, stride));
    long signed = step > 0 ? stride : -stride;
    return IntStream.range(0, count).map(i -> (int) (first + i * signed)).toArray();
  }

  Value gather() throws OnnxException {
    arguments.expect(2, 2, "axis");
    List<Integer> from = from();
    int axis = arguments.axis("axis", 0, from.size());
    OnnxConstant indices = arguments.integers(1, "indices");
    int extent = from.get(axis);
    int[] numbers = new int[indices.size()];
    for (int i = 0; i < numbers.length; i++) {
      double index = indices.get(i) < 0 ? indices.get(i) + extent : indices.get(i);
      if (!(index >= 0 && index < extent)) {
        throw arguments.invalid(
            "has the index %d into an extent of %d".formatted((long) indices.get(i), extent));
      }
      numbers[i] = (int) index;
    }
    List<int[]> taken = all(from);
    taken.set(axis, numbers);
    List<Integer> shape = new ArrayList<>(from.subList(0, axis));
    shape.addAll(indices.shape());
    shape.addAll(from.subList(axis + 1, from.size()));
    if (shape.size() > Shapes.MAX_RANK) {
      throw arguments.unread(
          "makes a tensor of " + shape.size() + " extents",
          Outlook.NOT_PLANNED,
          "make it smaller, with up to " + Shapes.MAX_RANK + " extents");
    }
    return picked(pick(taken).reshaped(shape));
  }

  /** The parts, one for each output. */
  List<Value> split() throws OnnxException {
    arguments.expect(1, 2, "axis", "num_outputs", "split");
    List<Integer> from = from();
    int axis = arguments.axis("axis", 0, from.size());
    List<Value> parts = new ArrayList<>();
    int begin = 0;
    for (int length : lengths(from.get(axis))) {
      List<int[]> taken = all(from);
      taken.set(axis, IntStream.range(begin, begin + length).toArray());
      parts.add(taken(taken));
      begin += length;
    }
    return parts;
  }

  private List<Integer> lengths(int extent) throws OnnxException {
    int parts = arguments.node().outputs().size();
    boolean stated = arguments.has("split") || arguments.optional(1).isPresent();
    if (!stated) {
      long count = arguments.integer("num_outputs", parts);
      int length = Math.ceilDiv(extent, parts);
      boolean uneven = extent % parts != 0 && !arguments.has("num_outputs");
      if (count != parts || uneven || (long) length * (parts - 1) >= extent) {
        throw arguments.invalid("splits an extent of %d into %d".formatted(extent, parts));
      }
      List<Integer> lengths = new ArrayList<>(Collections.nCopies(parts - 1, length));
      lengths.add(extent - length * (parts - 1));
      return lengths;
    }
    List<Long> lengths =
        arguments.has("split")
            ? arguments.longs("split")
            : arguments.constantIntegers(1, "a list of lengths");
    boolean valid = lengths.stream().allMatch(length -> length > 0 && length <= extent);
    long sum = valid ? lengths.stream().mapToLong(length -> length).sum() : -1;
    if (lengths.size() != parts || sum != extent || arguments.has("num_outputs")) {
      throw arguments.invalid(
          "splits an extent of %d into %s for %d outputs"
              .formatted(extent, Shapes.words(lengths), parts));
    }
    return lengths.stream().map(Long::intValue).toList();
  }

  /** Elements repeated where an extent is 1. */
  Value expand() throws OnnxException {
    arguments.expect(2, 2);
    List<Integer> from = from();
    List<Long> wanted = arguments.constantIntegers(1, "a shape");
    Optional<List<Integer>> shape =
        Shapes.isValid(wanted)
            ? Shapes.broadcast(from, wanted.stream().map(Long::intValue).toList())
            : Optional.empty();
    if (shape.isEmpty()) {
      throw arguments.invalid(
          "expands %s to %s, which do not fit".formatted(Shapes.words(from), Shapes.words(wanted)));
    }
    arguments.budget().numbers(Shapes.size(shape.get()));
    return picked(Pick.repeated(from, shape.get()));
  }

  /** The whole of each extent, as a list that may be written to. */
  private static List<int[]> all(List<Integer> shape) {
    return new ArrayList<>(
        shape.stream().map(extent -> IntStream.range(0, extent).toArray()).toList());
  }

  private List<Integer> places(List<Long> axes) throws OnnxException {
    List<Integer> places = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (long axis : axes) {
      int place = arguments.place(axis, from().size());
      if (!seen.add(place)) {
        throw arguments.invalid("has axis " + axis + " twice");
      }
      places.add(place);
    }
    return places;
  }

  private Pick pick(List<int[]> taken) throws OnnxException {
    List<Long> extents = taken.stream().map(numbers -> (long) numbers.length).toList();
    if (!Shapes.isValid(extents)) {
      throw arguments.unread(
          "makes a tensor of shape " + Shapes.words(extents),
          Outlook.NOT_PLANNED,
          "make it smaller, with up to " + Shapes.MAX_RANK + " extents");
    }
    arguments.budget().numbers(extents.stream().reduce(1L, (a, b) -> a * b));
    return Pick.taken(from(), taken).orElseThrow();
  }

  private Value taken(List<int[]> taken) throws OnnxException {
    return picked(pick(taken));
  }

  private Value picked(Pick pick) throws OnnxException {
    return switch (arguments.value(0)) {
      case Value.Constant constant -> new Value.Constant(constant.constant().picked(pick));
      case Value.Signal signal -> {
        if (pick.places().length == 0) {
          throw arguments.unread(
              "takes no element of its input", Outlook.NOT_PLANNED, "export the model without it");
        }
        int layer = layers.select(signal.layer(), pick.places(), Shapes.ofRow(pick.shape()));
        yield new Value.Signal(layer, pick.shape());
      }
      case Value.Padded padded -> throw arguments.unmerged(padded);
    };
  }
}
