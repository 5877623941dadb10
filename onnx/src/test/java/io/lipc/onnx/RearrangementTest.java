package io.lipc.onnx;

import static io.lipc.onnx.Agreement.assertReads;
import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;

import io.lipc.onnx.graph.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that give elements in another order, or some of them, by ONNX Runtime's outputs. */
final class RearrangementTest {

  private static int[] extents(String words) {
    return Stream.of(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static OnnxFile file(int opset, String from, String to) {
    return OnnxFile.opset(opset).input("x", FLOAT, extents(from)).output("y", FLOAT, extents(to));
  }

  private static OnnxFile weight(OnnxFile file, String name, Integer... shape) {
    List<Integer> extents = List.of(shape);
    return file.initialiser(name, extents, random(extents.getFirst(), Shapes.size(extents)));
  }

  private static Proto list(String name, Integer... values) {
    return attribute(name, List.of(values));
  }

  private static OnnxFile integers(OnnxFile file, String name, String values) {
    return file.integers(name, Arrays.stream(extents(values)).asDoubleStream().toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 2 3 1", "0 3 1 2", "0 1 3 2", "3 2 1 0", "2 0 3 1"})
  void transposition(String order) throws Exception {
    int[] shape = {1, 2, 3, 4};
    int[] perm = extents(order);
    int[] to = Arrays.stream(perm).map(d -> shape[d]).toArray();
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, shape).output("y", FLOAT, to);
    file.node("Transpose", "x", "y", attribute("perm", Arrays.stream(perm).boxed().toList()));
    assertReads(file, "Input select");
  }

  @Test
  void a_transposition_that_turns_all_extents_and_one_of_a_vector() throws Exception {
    assertReads(file(13, "2 3 4", "4 3 2").node("Transpose", "x", "y"), "Input select");
    assertReads(file(13, "5", "5").node("Transpose", "x", "h").node("Abs", "h", "y"), "Input abs");
  }

  /** As tf2onnx writes convolutions of images with their channels last. */
  @Test
  void transpositions_that_undo_each_other_leave_nothing() throws Exception {
    OnnxFile file = weight(file(13, "1 4 5 2", "1 3"), "w", 3, 2, 3, 3);
    weight(file, "v", 4, 3, 2, 2).initialiser("b", List.of(3), 1, 2, 3);
    file.node("Transpose", "x", "a", list("perm", 0, 3, 1, 2)).node("Conv", "a w", "c");
    file.node("Transpose", "c", "d", list("perm", 0, 2, 3, 1)).node("Add", "d b", "e");
    file.node("Relu", "e", "f").node("Transpose", "f", "g", list("perm", 0, 3, 1, 2));
    file.node("Conv", "g v", "h").node("Transpose", "h", "i", list("perm", 0, 2, 3, 1));
    file.integers("flat", -1, 8).node("Reshape", "i flat", "j");
    weight(file, "u", 8, 3).node("MatMul", "j u", "y");
    assertReads(file, "Input select convolution relu convolution dense");
  }

  /** A head whose columns are [height, width, channels] is the matrix of another order. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void a_dense_head_for_another_order_is_another_matrix(long transposed) throws Exception {
    OnnxFile file = file(13, "1 2 3 4", "1 5").integers("flat", 1, -1);
    file.node("Tanh", "x", "a").node("Transpose", "a", "b", list("perm", 0, 2, 3, 1));
    file.node("Sigmoid", "b", "c").node("Reshape", "c flat", "d");
    Integer[] shape = transposed == 1 ? new Integer[] {5, 24} : new Integer[] {24, 5};
    weight(file, "w", shape).initialiser("bias", List.of(5), 1, 2, 3, 4, 5);
    file.node("Gemm", "d w bias", "y", attribute("transB", transposed));
    assertReads(file, "Input tanh sigmoid dense");
  }

  @Test
  void sums_and_factors_go_before_a_transposition() throws Exception {
    OnnxFile file = weight(file(13, "1 2 3", "1 3 2"), "s", 3, 2);
    weight(file, "t", 3, 2).node("Transpose", "x", "a", list("perm", 0, 2, 1));
    file.node("Mul", "a s", "b").node("Add", "b t", "c").node("Abs", "x", "d");
    file.node("Transpose", "d", "e", list("perm", 0, 2, 1)).node("Add", "c e", "f");
    file.initialiser("two", List.of(), 2).node("Mul", "f two", "y");
    assertReads(file, "Input affine abs sum scale select");
  }

  @Test
  void x_times_its_sigmoid_behind_a_transposition_is_silu() throws Exception {
    OnnxFile file = file(13, "1 2 3", "1 3 2");
    file.node("Transpose", "x", "a", list("perm", 0, 2, 1)).node("Sigmoid", "a", "b");
    assertReads(file.node("Mul", "a b", "y"), "Input silu select");
  }

  @ParameterizedTest
  @CsvSource({
    "1 6, 0 1, 1 4, , , 1 3",
    "1 6, 2, 9223372036854775807, 1, , 1 4",
    "1 6, -1, -9223372036854775808, -1, -2, 1 3",
    "1 6, 9, 0, 1, -1, 1 5",
    "1 6, -20, -1, 1, 3, 1 2",
    "1 6, 1, 6, 1, 9223372036854775807, 1 1",
    "1 2 3 4, 1 0, 3 -1, 3 2, 1 1, 1 2 2 2",
    "1 2 3 4, 0 0 2 3, 1 2 0 0, , 1 1 -1 -2, 1 2 2 2"
  })
  void slices(String from, String starts, String ends, String axes, String steps, String to)
      throws Exception {
    OnnxFile file = file(13, from, to);
    StringBuilder inputs = new StringBuilder("x starts ends");
    longs(file, "starts", starts);
    longs(file, "ends", ends);
    inputs.append(axes == null ? " " : " axes");
    if (axes != null) {
      longs(file, "axes", axes);
    }
    if (steps != null) {
      longs(file, "steps", steps);
      inputs.append(" steps");
    }
    assertReads(file.node("Slice", inputs.toString(), "y"), "Input select");
  }

  private static void longs(OnnxFile file, String name, String values) {
    Proto tensor = OnnxFile.tensor(OnnxFile.INT64, List.of(values.split(" ").length));
    Stream.of(values.split(" ")).forEach(value -> tensor.integer(7, Long.parseLong(value)));
    file.initialiser(name, tensor);
  }

  @Test
  void slices_of_older_versions_have_attributes() throws Exception {
    OnnxFile file = file(9, "1 5 2", "1 3 2");
    file.node("Slice", "x", "y", list("starts", 1), list("ends", -1), list("axes", 1));
    assertReads(file, "Input select");
  }

  @Test
  void a_slice_of_everything_leaves_nothing() throws Exception {
    OnnxFile file = integers(integers(file(13, "1 5", "1 5"), "starts", "0 0"), "ends", "1 5");
    assertReads(file.node("Slice", "x starts ends", "h").node("Abs", "h", "y"), "Input abs");
  }

  @ParameterizedTest
  @CsvSource({"1, 0 2 -1 0, 1 4 4", "2, 3, 1 3 1", "-1, 3 2 1 0, 1 3 4"})
  void gathered_elements(long axis, String indices, String to) throws Exception {
    OnnxFile file = integers(file(13, "1 3 4", to), "indices", indices);
    assertReads(file.node("Gather", "x indices", "y", attribute("axis", axis)), "Input select");
  }

  @Test
  void a_gathered_row_has_one_extent_less() throws Exception {
    OnnxFile file = file(13, "1 3 4", "1 4");
    file.initialiser("row", OnnxFile.raw(OnnxFile.INT64, List.of(), 1));
    assertReads(file.node("Gather", "x row", "y", attribute("axis", 1L)), "Input select");
    OnnxFile square = file(13, "1 6", "1 2 2");
    square.initialiser("i", OnnxFile.raw(OnnxFile.INT64, List.of(2, 2), 5, 0, 0, 3));
    assertReads(square.node("Gather", "x i", "y", attribute("axis", 1L)), "Input select");
  }

  private static Proto split(String inputs, Proto... attributes) {
    Proto node = new Proto();
    for (String input : inputs.split(" ")) {
      node.text(1, input);
    }
    node.text(2, "a").text(2, "b").text(3, "split").text(4, "Split");
    for (Proto attribute : attributes) {
      node.message(5, attribute);
    }
    return node;
  }

  @Test
  void the_parts_of_a_split() throws Exception {
    OnnxFile old = file(11, "1 6", "1 3");
    old.field(1, split("x", attribute("axis", 1L))).node("Sub", "b a", "y");
    assertReads(old, "Input select select scale sum");
    OnnxFile lengths = file(11, "1 2 6", "1 2 2");
    lengths.field(1, split("x", attribute("axis", -1L), list("split", 4, 2)));
    assertReads(lengths.node("Abs", "b", "y"), "Input select abs");
    OnnxFile input = integers(file(13, "1 6", "1 5"), "lengths", "5 1");
    input.field(1, split("x lengths", attribute("axis", 1L)));
    assertReads(input.node("Neg", "a", "y"), "Input select scale");
  }

  @Test
  void a_split_whose_last_part_is_smaller() throws Exception {
    OnnxFile file = file(18, "1 5", "1 5");
    file.field(1, split("x", attribute("axis", 1L), attribute("num_outputs", 2L)));
    file.node("Concat", "b a", "y", attribute("axis", 1L));
    assertReads(file, "Input select select concat");
  }

  @Test
  void repeated_elements() throws Exception {
    OnnxFile file = integers(file(13, "1 3 1", "1 3 4"), "shape", "3 4");
    assertReads(file.node("Expand", "x shape", "y"), "Input select");
  }

  @Test
  void joins_along_other_extents_than_the_first() throws Exception {
    OnnxFile file = file(13, "1 2 3", "1 2 6").node("Abs", "x", "a");
    assertReads(file.node("Concat", "a x", "y", attribute("axis", 2L)), "Input abs concat select");
    OnnxFile image = OnnxFile.opset(13).input("x", FLOAT, ANY, 2, 2, 3).output("y", FLOAT, ANY, 24);
    image.node("Abs", "x", "a").node("Concat", "x a", "b", attribute("axis", 3L));
    assertReads(image.node("Flatten", "b", "y"), "Input abs concat select");
  }
}
