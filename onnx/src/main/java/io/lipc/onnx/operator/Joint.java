package io.lipc.onnx.operator;

import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Pick;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tensors joined along an axis: where the elements of the result are in all of them, one after the
 * other.
 *
 * @param shape that of the result
 * @param pick the elements of the result
 */
record Joint(List<Integer> shape, Pick pick) {

  /** Joined along the attribute {@code axis}. */
  static Joint of(Arguments arguments, List<List<Integer>> parts) throws OnnxException {
    if (!arguments.has("axis")) {
      throw arguments.invalid("has no attribute `axis`");
    }
    List<Integer> first = parts.getFirst();
    int axis = arguments.axis("axis", 0, first.size());
    List<Long> extents = new ArrayList<>(first.stream().map(Integer::longValue).toList());
    extents.set(axis, sum(arguments, parts, axis));
    if (!Shapes.isValid(extents)) {
      throw arguments.unread(
          "makes a tensor of shape " + Shapes.words(extents),
          Outlook.NOT_PLANNED,
          "make it smaller, with up to " + Shapes.MAX_RANK + " extents");
    }
    List<Integer> shape = extents.stream().map(Long::intValue).toList();
    arguments.budget().numbers(Shapes.size(shape));
    return new Joint(shape, Pick.of(shape, places(parts, shape, axis)));
  }

  /** The sum of the extents along the axis; all others have to be those of the first part. */
  private static long sum(Arguments arguments, List<List<Integer>> parts, int axis)
      throws OnnxException {
    List<Integer> first = parts.getFirst();
    long sum = 0;
    for (List<Integer> part : parts) {
      List<Integer> others = new ArrayList<>(part);
      if (others.size() == first.size()) {
        sum += others.set(axis, first.get(axis));
      }
      if (!others.equals(first)) {
        throw arguments.invalid(
            "joins signals of shapes %s and %s along axis %d, which do not fit"
                .formatted(Shapes.words(first), Shapes.words(part), axis));
      }
    }
    return sum;
  }

  /** Blocks of each part take turns, as often as the extents before the axis say. */
  private static int[] places(List<List<Integer>> parts, List<Integer> shape, int axis) {
    int turns = Shapes.size(shape.subList(0, axis));
    int[] places = new int[Shapes.size(shape)];
    int at = 0;
    for (int turn = 0; turn < turns; turn++) {
      int begin = 0;
      for (List<Integer> part : parts) {
        int block = Shapes.size(part.subList(axis, part.size()));
        int from = begin + turn * block;
        System.arraycopy(IntStream.range(from, from + block).toArray(), 0, places, at, block);
        at += block;
        begin += Shapes.size(part);
      }
    }
    return places;
  }
}
