package io.lipc.onnx;

import static io.lipc.onnx.Agreement.assertReads;
import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, reductions, several inputs and old broadcasting, by ONNX Runtime where it has them. */
final class LimitsTest {

  private static OnnxFile clip(Optional<Double> least, Optional<Double> most) {
    OnnxFile file = OnnxFile.floats(3, 3).initialiser("ten", List.of(), 10);
    least.ifPresent(limit -> file.initialiser("least", List.of(), limit));
    most.ifPresent(limit -> file.initialiser("most", List.of(), limit));
    file.node("Mul", "x ten", "h");
    String inputs = "h " + (least.isPresent() ? "least" : "") + (most.isPresent() ? " most" : "");
    return file.node("Clip", inputs.endsWith(" ") ? "h" : inputs, "y");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6, relu6",
    "-1, 1, hard_tanh",
    "-2, 2, scale hard_tanh scale",
    "1, 2, affine scale hard_tanh affine",
    "0, 3, relu affine relu affine",
    "-1.1, 2.3, affine relu affine affine relu affine",
    "0, , relu",
    ", 0, scale relu scale",
    ", 1.5, affine relu affine",
    "2, 2, affine relu affine affine relu affine",
    "-3.5e38, 1e39, ''",
  })
  void clip(Double least, Double most, String layers) throws Exception {
    boolean wide = most != null && most > 1e38;
    OnnxFile file =
        wide
            ? clip(Optional.of(-(double) Float.MAX_VALUE), Optional.of((double) Float.MAX_VALUE))
            : clip(Optional.ofNullable(least), Optional.ofNullable(most));
    Agreement.check(file.bytes());
    assertThat(Agreement.layers(file)).startsWith("Input ").endsWith(layers);
  }

  @Test
  void clip_of_older_versions_has_attributes() throws Exception {
    OnnxFile file = OnnxFile.opset(7).input("x", FLOAT, ANY, 3).output("y", FLOAT, ANY, 3);
    file.node("Clip", "x", "h", attribute("min", -0.25f), attribute("max", 0.25f));
    assertReads(file.node("Clip", "h", "y"), "Input scale hard_tanh scale");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x c", "c x", "x d c", "x n", "n x"})
  void larger_and_smaller_of_constants_and_signals(String inputs) throws Exception {
    for (String operator : List.of("Max", "Min")) {
      OnnxFile file = OnnxFile.floats(3, 3).initialiser("c", List.of(3), -0.2, 0.1, 0.3);
      file.initialiser("d", List.of(), 0.05).node("Neg", "x", "n");
      Agreement.check(file.node(operator, inputs, "y").bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3 4, 2 3, 1, 1 2 1 1, average_pool",
    "1 2 3 4, -1 -2, 0, 1 2, average_pool",
    "1 2 3 4, 1, 1, 1 1 3 4, dense",
    "1 6, 1, 0, 1, dense",
    "1 2 3, 0 2, 0, 2, dense"
  })
  void means(String from, String axes, long keeps, String to, String layer) throws Exception {
    List<Integer> extents = integers(axes);
    OnnxFile file = file(13, from, to);
    file.node("ReduceMean", "x", "y", attribute("axes", extents), attribute("keepdims", keeps));
    assertReads(file, "Input " + layer);
    OnnxFile newer = file(18, from, to);
    newer.integers("axes", extents.stream().mapToDouble(axis -> axis).toArray());
    assertReads(
        newer.node("ReduceMean", "x axes", "y", attribute("keepdims", keeps)), "Input " + layer);
  }

  private static List<Integer> integers(String words) {
    return java.util.stream.Stream.of(words.split(" ")).map(Integer::valueOf).toList();
  }

  private static OnnxFile file(int opset, String from, String to) {
    return OnnxFile.opset(opset)
        .input("x", FLOAT, integers(from).stream().mapToInt(extent -> extent).toArray())
        .output("y", FLOAT, integers(to).stream().mapToInt(extent -> extent).toArray());
  }

  @Test
  void sums_of_elements() throws Exception {
    OnnxFile file = file(11, "1 2 3", "1 2 1");
    assertReads(file.node("ReduceSum", "x", "y", attribute("axes", List.of(-1))), "Input dense");
    assertReads(file(13, "1 2 3", "1 1 1").node("ReduceSum", "x", "y"), "Input dense");
    OnnxFile nothing = file(13, "1 2 3", "1 2 3");
    nothing.node("ReduceSum", "x", "h", attribute("noop_with_empty_axes", 1L));
    assertReads(nothing.node("Abs", "h", "y"), "Input abs");
  }

  @Test
  void several_inputs_are_one_vector() throws Exception {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, ANY, 3).input("z", FLOAT, ANY, 2);
    file.output("y", FLOAT, ANY, 2).initialiser("w", List.of(3, 2), random(1, 6));
    file.node("MatMul", "x w", "h").node("Tanh", "z", "t").node("Sub", "h t", "y");
    assertReads(file, "Input select dense select tanh scale sum");
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    assertThat(model.checked().network().input().shape().size()).isEqualTo(5);
  }

  private static double[] old(OnnxFile file, double... x) throws OnnxException {
    return Agreement.interpreter(OnnxModel.read(file.bytes(), "Net", 1)).apply(x);
  }

  private static OnnxFile old(int... shape) {
    return OnnxFile.opset(6).input("x", FLOAT, shape).output("y", FLOAT, shape);
  }

  /** ONNX Runtime has no operators of version 6. */
  @Test
  void operators_of_version_six_say_what_is_repeated() throws Exception {
    Proto repeated = attribute("broadcast", 1L);
    OnnxFile last = old(1, 2, 2).initialiser("c", List.of(2), 10, 20);
    assertThat(old(last.node("Add", "x c", "y", repeated), 1, 2, 3, 4))
        .containsExactly(11, 22, 13, 24);
    OnnxFile first = old(1, 2, 2).initialiser("c", List.of(2), 10, 20);
    first.node("Mul", "x c", "y", repeated, attribute("axis", 1L));
    assertThat(old(first, 1, 2, 3, 4)).containsExactly(10, 20, 60, 80);
    OnnxFile both = old(1, 2, 2).initialiser("c", List.of(1, 2), 10, 20);
    both.node("Sub", "x c", "y", repeated, attribute("axis", 0L));
    assertThat(old(both, 1, 2, 3, 4)).containsExactly(-9, -8, -17, -16);
    OnnxFile one = old(1, 2, 2).initialiser("c", List.of(1, 1), 2);
    assertThat(old(one.node("Div", "x c", "y", repeated), 2, 4, 6, 8)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void operators_of_version_six_that_do_not_fit() {
    OnnxFile plain = old(1, 2).initialiser("c", List.of(2), 10, 20).node("Add", "x c", "y");
    assertRefused(
        plain,
        "an Add, has operands of shapes [1, 2] and [2], which without `broadcast` do not fit"
            + OnnxNode.INVALID);
    OnnxFile column = old(1, 2).initialiser("c", List.of(2, 1), 10, 20);
    column.node("Add", "x c", "y", attribute("broadcast", 1L));
    assertRefused(
        column,
        "an Add, has operands of shapes [1, 2] and [2, 1], which along axis 0 do not fit"
            + OnnxNode.INVALID);
    OnnxFile far = old(1, 2).initialiser("c", List.of(2), 10, 20);
    far.node("Add", "x c", "y", attribute("broadcast", 1L), attribute("axis", 2L));
    assertRefused(
        far,
        "an Add, has operands of shapes [1, 2] and [2], which along axis 2 do not fit"
            + OnnxNode.INVALID);
    assertRefused(
        old(1, 2).node("Dropout", "x", "y"),
        "a Dropout, drops elements at random; reading it is not planned; export the"
            + " model for inference, after model.eval()");
  }

  private static void assertRefused(OnnxFile file, String clause) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage("node `node_y`, " + clause);
  }

  /** As old exporters of MATLAB write controllers. */
  @Test
  void gemm_of_a_vector_with_the_extents_of_an_image() throws Exception {
    OnnxFile file = OnnxFile.opset(6).input("x", FLOAT, 1, 1, 1, 2).output("y", FLOAT, 1, 1, 1, 1);
    file.initialiser("w", List.of(2, 1), 3, 5).initialiser("c", List.of(1), 7);
    file.node("Gemm", "x w c", "y", attribute("broadcast", 1L));
    assertThat(old(file, 10, 100)).containsExactly(537);
    OnnxFile strict = OnnxFile.opset(6).input("x", FLOAT, 1, 2).output("y", FLOAT, 1, 1);
    strict.initialiser("w", List.of(2, 1), 3, 5).initialiser("c", List.of(1), 7);
    assertRefused(
        strict.node("Gemm", "x w c", "y"),
        "a Gemm, adds a C of shape [1] to a product of shape [1, 1], which without `broadcast` do not"
            + " fit"
            + OnnxNode.INVALID);
  }
}
