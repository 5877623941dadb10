package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.model.Layer;
import io.lipc.model.activation.GroupedKind;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors divided by their lengths, by ONNX Runtime's outputs and by their layers. */
final class UnitLengthTest {

  private static OnnxFile of(int... shape) {
    return OnnxFile.opset(13)
        .input("x", FLOAT, shape)
        .output("y", FLOAT, shape)
        .initialiser("c", List.of(), 0.25f);
  }

  private static OnnxFile length(OnnxFile file, int... axes) {
    List<Integer> all = Arrays.stream(axes).boxed().toList();
    return file.node("ReduceL2", "x", "n", attribute("axes", all), attribute("keepdims", 1L));
  }

  private static void assertReads(OnnxFile file, String words, double least) throws Exception {
    Agreement.assertReads(file, words);
    assertThat(OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers())
        .filteredOn(Layer.Activate.class::isInstance)
        .extracting(layer -> ((Layer.Activate) layer).activation())
        .contains(GroupedKind.L2_NORMALIZE.with(List.of(least)));
  }

  private static void assertRefused(OnnxFile file, String message) {
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .message()
        .contains(message);
  }

  /** As torch.nn.functional.normalize(x, eps=0.25) is exported. */
  @Test
  void clip_and_expand() throws Exception {
    OnnxFile file = length(of(1, 4), 1).node("Clip", "n c", "m").node("Shape", "x", "s");
    assertReads(
        file.node("Expand", "m s", "e").node("Div", "x e", "y"), "Input l2_normalize", 0.25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n c", "c n"})
  void a_maximum(String operands) throws Exception {
    OnnxFile file = length(of(1, 2, 3), 1, 2).node("Max", operands, "m");
    assertReads(file.node("Div", "x m", "y"), "Input l2_normalize", 0.25);
  }

  @Test
  void axes_as_an_input_and_no_extents_kept() throws Exception {
    OnnxFile file =
        OnnxFile.opset(18)
            .input("x", FLOAT, 1, 5)
            .output("y", FLOAT, 1, 5)
            .initialiser("c", List.of(1), 2)
            .integers("axes", -1)
            .node("ReduceL2", "x axes", "n", attribute("keepdims", 0L))
            .node("Clip", "n c", "m");
    assertReads(file.node("Div", "x m", "y"), "Input l2_normalize", 2);
  }

  @Test
  void behind_a_layer_and_before_one() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("i", FLOAT, 1, 3)
            .output("o", FLOAT, 1, 2)
            .initialiser("c", List.of(), 0.25f)
            .initialiser("w", List.of(3, 4), random(1, 12))
            .initialiser("v", List.of(4, 2), random(2, 8))
            .node("MatMul", "i w", "x");
    length(file, 1).node("Max", "n c", "m").node("Div", "x m", "y").node("MatMul", "y v", "o");
    assertReads(file, "Input dense l2_normalize dense", 0.25);
  }

  /** One vector for each row is another function. */
  @Test
  void several_vectors() {
    OnnxFile file = length(of(1, 2, 3), 2).node("Max", "n c", "m").node("Div", "x m", "y");
    assertRefused(file, "takes 2 lengths of parts of [1, 2, 3], and lipc divides a whole vector");
    OnnxFile one = length(of(1, 1), 1).node("Max", "n c", "m").node("Div", "x m", "y");
    assertRefused(one, "takes the length of a single element");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.25, Double.NaN, Double.POSITIVE_INFINITY})
  void no_length_to_divide_by(double least) {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 1, 4)
            .output("y", FLOAT, 1, 4)
            .initialiser("c", List.of(), least);
    length(file, 1).node("Max", "n c", "m").node("Div", "x m", "y");
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class);
  }

  /** A limit of each element is no single number. */
  @Test
  void several_limits() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 1, 4)
            .output("y", FLOAT, 1, 4)
            .initialiser("c", List.of(4), 1, 2, 3, 4);
    length(file, 1).node("Max", "n c", "m").node("Div", "x m", "y");
    assertRefused(file, "are not limited from below by a single positive number");
  }

  @Test
  void a_divisor_that_repeats_the_vector() {
    OnnxFile file = length(of(1, 4), 1).node("Max", "n c", "m").integers("s", 3, 4);
    assertRefused(
        file.node("Expand", "m s", "e").node("Div", "x e", "y"),
        "divides [1, 4] by what is expanded to [3, 4]");
  }

  /** Nodes that only look like it are refused, for the length. */
  @Test
  void other_parts_are_not_it() {
    String length = "a ReduceL2, is a norm or a soft maximum";
    // Without a limit.
    assertRefused(length(of(1, 4), 1).node("Div", "x n", "y"), length);
    // Limited from above as well.
    OnnxFile both = length(of(1, 4), 1).initialiser("d", List.of(), 3);
    assertRefused(both.node("Clip", "n c d", "m").node("Div", "x m", "y"), length);
    // Of another vector.
    OnnxFile other = of(1, 4).node("Neg", "x", "z");
    other.node("ReduceL2", "z", "n", attribute("axes", List.of(1))).node("Max", "n c", "m");
    assertRefused(other.node("Div", "x m", "y"), length);
    // The length is read elsewhere as well.
    OnnxFile read = length(of(1, 4), 1).node("Max", "n c", "m").node("Div", "x m", "q");
    assertRefused(read.node("Add", "q n", "y"), length);
    // In another order.
    assertRefused(length(of(1, 4), 1).node("Max", "n c", "m").node("Div", "m x", "y"), length);
  }

  /** The limit depends on the input. */
  @Test
  void a_limit_that_moves() {
    OnnxFile file = length(of(1, 4), 1).node("Max", "n x", "m").node("Div", "x m", "y");
    assertRefused(file, "are not limited from below by a single positive number");
  }

  /** Nodes behind an unread one are not blamed. */
  @Test
  void behind_something_unread() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("i", FLOAT, 1, 4)
            .output("y", FLOAT, 1, 4)
            .initialiser("c", List.of(), 0.25f)
            .node("Exp", "i", "x");
    length(file, 1).node("Max", "n c", "m").node("Div", "x m", "y");
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .message()
        .contains("node `node_x`, an Exp")
        .doesNotContain("node_n")
        .doesNotContain("node_y");
  }

  @Test
  void the_operator_of_onnx_has_no_limit() {
    OnnxFile file = of(1, 4).node("LpNormalization", "x", "y");
    assertRefused(
        file,
        "node `node_y`, a LpNormalization, divides by a length that may be 0, so that no Lipschitz"
            + " bound exists; reading it is not planned; export x / Max(ReduceL2(x), c), as"
            + " torch.nn.functional.normalize(x, eps=c) is, which is read");
  }
}
