package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static io.lipc.onnx.OnnxFile.attribute;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What lipc does not read is refused in words that name the place. */
final class RefusalsTest {

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> OnnxModel.read(file, "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  private static void assertRefused(OnnxFile file, String message) {
    assertRefused(file.bytes(), message);
  }

  private static OnnxFile file() {
    return OnnxFile.floats(3, 3).initialiser("c", List.of(3), 1, 2, 3).integers("i", 1, 3);
  }

  @Test
  void operators_that_are_not_read() {
    String known =
        "is not among the operators that lipc reads: Abs, Add, AveragePool,"
            + " BatchNormalization, Cast, Celu, Concat, Constant, Conv, Div, Dropout, Elu, Flatten,"
            + " Gelu, Gemm, GlobalAveragePool, HardSigmoid, HardSwish, Identity, LeakyRelu, MatMul,"
            + " MaxPool, Mish, Mul, Neg, Pad (before Conv), Relu, Reshape, Selu, Sigmoid, Sin,"
            + " Softmax, Softplus, Softsign, Squeeze, Sub, Sum, Tanh, Transpose (of constants, or"
            + " of extents of 1), Unsqueeze";
    assertRefused(file().node("Loop", "x", "y"), "node `node_y`, a Loop, " + known);
    Proto foreign = new Proto().text(1, "x").text(2, "y").text(4, "Relu").text(7, "com.example");
    assertRefused(file().field(1, foreign), "node number 0, a com.example.Relu, " + known);
  }

  @Test
  void softmax_of_less_than_the_whole() {
    OnnxFile rows = OnnxFile.opset(13).input("x", OnnxFile.FLOAT, 1, 2, 3);
    assertRefused(
        rows.output("y", OnnxFile.FLOAT, 1, 2, 3).node("Softmax", "x", "y"),
        "node `node_y`, a Softmax, goes along axis -1 of [1, 2, 3], and lipc reads Softmax of a"
            + " whole vector of two or more; export the model up to its logits, and certify these");
    assertRefused(
        file().node("Softmax", "x", "y", OnnxFile.attribute("axis", 0L)),
        "node `node_y`, a Softmax, goes along axis 0 of [1, 3], and lipc reads Softmax of a whole"
            + " vector of two or more; export the model up to its logits, and certify these");
    assertRefused(
        file().node("Softmax", "x", "y", OnnxFile.attribute("axis", 2L)),
        "node `node_y`, a Softmax, has axis 2 of a tensor with 2 extents");
    OnnxFile flat = OnnxFile.opset(13).input("x", OnnxFile.FLOAT, 3);
    assertRefused(
        flat.output("y", OnnxFile.FLOAT, 3).node("Softmax", "x", "y"),
        "node `node_y`, a Softmax, names no axis, and its versions differ in which one they mean");
  }

  @Test
  void constants_without_slope_bounds() {
    assertRefused(
        file().node("Elu", "x", "y", OnnxFile.attribute("alpha", -0.5f)),
        "node `node_y`, an Elu, has alpha = -0.5, for which no slope bounds of elu are proved");
    assertRefused(
        file().node("Celu", "x", "y", OnnxFile.attribute("alpha", 0f)),
        "node `node_y`, a Celu, has alpha = 0.0, for which no slope bounds of celu are proved");
    assertRefused(
        file().node("Elu", "x", "y", OnnxFile.attribute("alpha", Float.NaN)),
        "node `node_y`, an Elu, has attribute `alpha` = NaN");
    assertRefused(
        file().node("Gelu", "x", "y", OnnxFile.attribute("approximate", "sigmoid")),
        "node `node_y`, a Gelu, has another approximation than none and tanh");
    assertRefused(
        file().node("Gelu", "x", "y", OnnxFile.attribute("approximate", 1L)),
        "node `node_y`, a Gelu, has attribute `approximate` of another type than the operator has");
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        Arguments.of(
            "Mul",
            "x x",
            "multiplies two signals, which has no Lipschitz bound unless it is x * Sigmoid(x)"),
        Arguments.of("Div", "c x", "divides by a signal, which has no Lipschitz bound"),
        Arguments.of("Div", "x zero", "divides by a constant that has a zero"),
        Arguments.of(
            "Add", "c c", "computes with constants alone; fold them when the model is exported"),
        Arguments.of(
            "Relu", "c", "computes with constants alone; fold them when the model is exported"),
        Arguments.of("Add", "x i", "has an operand of integers, which lipc does not compute with"),
        Arguments.of("Add", "x two", "has operands of shapes [1, 3] and [2], which do not fit"),
        Arguments.of(
            "Add",
            "x column",
            "repeats the elements of a signal of shape [1, 3] to [2, 3], which lipc does not read"),
        Arguments.of("Add", "x z", "reads `z`, which nothing before it gives"),
        Arguments.of("Add", "x", "has 1 inputs where 2 are expected"),
        Arguments.of("Add", "x ", "has 2 inputs where 2 are expected"),
        Arguments.of("MatMul", "x two", "multiplies a matrix of 3 columns with one of 2 rows"),
        Arguments.of("MatMul", "x x", "multiplies a matrix of 3 columns with one of 1 rows"),
        Arguments.of("MatMul", "x i3", "has a matrix of integers, or an empty one"),
        Arguments.of("Gemm", "x c", "has input 1 of shape [3], which is not a matrix"),
        Arguments.of("Reshape", "x i", ""),
        Arguments.of(
            "Reshape", "x i3", "makes the shape [1, 2, 3] of [1, 3], which has other elements"),
        Arguments.of("Reshape", "x x", "has a shape that depends on the input"),
        Arguments.of("Reshape", "x c", "has a shape that is not a short list of integers"),
        Arguments.of("Squeeze", "x i", "has axis 3 of a tensor with 2 extents"),
        Arguments.of("Unsqueeze", "x", "has no axes"),
        Arguments.of(
            "Dropout", "x c c", "drops elements at random; export the model for inference"),
        Arguments.of("Transpose", "c", "is not the transposition of a matrix"),
        Arguments.of("Constant", "", "has 0 values"),
        Arguments.of("Cast", "x", "makes no type of its input, which lipc does not read"));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void nodes_are_named_with_what_is_wrong(String operator, String inputs, String clause)
      throws OnnxException {
    OnnxFile file =
        file()
            .initialiser("zero", List.of(3), 1, 0, 2)
            .initialiser("two", List.of(2), 1, 2)
            .initialiser("column", List.of(2, 1), 1, 2)
            .integers("i3", 1, 2, 3)
            .node(operator, inputs, "y");
    if (clause.isEmpty()) {
      OnnxModel.read(file.bytes(), "Net", 1);
    } else {
      String article = operator.startsWith("A") || operator.startsWith("U") ? "an " : "a ";
      assertRefused(file, "node `node_y`, " + article + operator + ", " + clause);
    }
  }

  @Test
  void attributes_that_might_change_the_meaning() {
    assertRefused(
        file().node("Add", "x c", "y", attribute("axis", 1L)),
        "node `node_y`, an Add, has attribute `axis`, which lipc does not read");
    assertRefused(
        file().node("LeakyRelu", "x", "y", attribute("alpha", 1L)),
        "node `node_y`, a LeakyRelu, has attribute `alpha` of another type than the operator has");
    assertRefused(
        file().node("LeakyRelu", "x", "y", attribute("alpha", Float.NaN)),
        "node `node_y`, a LeakyRelu, has attribute `alpha` = NaN");
    Proto twice = attribute("alpha", 1f);
    assertRefused(
        file().node("LeakyRelu", "x", "y", twice, twice),
        "node `node_y` has attribute `alpha` twice");
  }

  @Test
  void names_that_are_given_twice() {
    assertRefused(
        file().node("Relu", "x", "y").node("Abs", "x", "y"),
        "node `node_y`, an Abs, gives `y`, which there is already");
    assertRefused(
        file().node("Relu", "x", "c"), "node `node_c`, a Relu, gives `c`, which there is already");
    assertRefused(file().integers("c", 1), "two initialisers are called `c`");
  }

  @Test
  void more_than_one_input_or_output() {
    String rest =
        ", and lipc reads networks with one; a network of several can be exported with one vector"
            + " that is sliced or joined outside";
    assertRefused(
        file().input("z", FLOAT, 1, 3).node("Add", "x z", "y"),
        "the graph has 2 inputs (`x`, `z`)" + rest);
    assertRefused(
        file().output("z", FLOAT, 1, 3).node("Abs", "x", "y"),
        "the graph has 2 outputs (`y`, `z`)" + rest);
    assertRefused(OnnxFile.opset(13), "the graph has 0 inputs (none)" + rest);
  }

  @Test
  void outputs_that_are_none() {
    assertRefused(file().node("Abs", "x", "z"), "no node gives the output `y`");
    assertRefused(file().node("Identity", "c", "y"), "the output `y` does not depend on the input");
  }

  @Test
  void inputs_of_other_types_and_shapes() {
    assertRefused(
        OnnxFile.opset(13).input("x", INT64, 1, 3).output("y", FLOAT, 1, 3),
        "input `x` is of int64; lipc reads networks of float and double");
    assertRefused(
        OnnxFile.opset(13).input("x", FLOAT, 1, ANY).output("y", FLOAT, 1, 3),
        "extent 1 of input `x` may be any number; only the first one, the batch, may");
    assertRefused(
        OnnxFile.opset(13).input("x", FLOAT, 1, 0).output("y", FLOAT, 1, 3),
        "input `x` has the shape [1, 0]");
    assertRefused(
        OnnxFile.opset(13).input("x", FLOAT, 1 << 13, 1 << 13).output("y", FLOAT, 1, 3),
        "input `x` has the shape [8192, 8192]");
  }

  @Test
  void a_batch_of_more_than_one() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 2, 3)
            .output("y", FLOAT, 2, 1)
            .initialiser("w", List.of(3, 1), 1, 2, 3)
            .node("MatMul", "x w", "y");
    assertRefused(
        file,
        "node `node_y`, a MatMul, multiplies 2 vectors at once (shape [2, 3]), and lipc reads"
            + " networks of one vector; export the model with a batch of any size or of 1");
  }

  static Stream<Arguments> tensors() {
    return Stream.of(
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(3)).integer(14, 1),
            "has its numbers in another file; save the model in one, as"
                + " onnx.save(model, path, save_as_external_data=False) does"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(3)).packedFloats(4, 1, 2),
            "has 2 numbers for shape [3]"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(3)).bytes(9, new byte[11]),
            "has 11 bytes for 3 numbers of float"),
        Arguments.of(
            OnnxFile.raw(FLOAT, List.of(1), 1).packedFloats(4, 1),
            "has its numbers twice, raw and as a list"),
        Arguments.of(OnnxFile.raw(DOUBLE, List.of(2), 1, Double.NaN), "holds NaN at index 1"),
        Arguments.of(OnnxFile.raw(FLOAT, List.of(2), 1e300, 0), "holds Infinity at index 0"),
        Arguments.of(OnnxFile.tensor(10, List.of(1)), "is of float16; lipc reads float and double"),
        Arguments.of(OnnxFile.tensor(99, List.of(1)), "is of type 99; lipc reads float and double"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(-1)),
            "has the shape [-1], which is not a shape, or is too large"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(1 << 20, 1 << 20)),
            "has the shape [1048576, 1048576], which is not a shape, or is too large"),
        Arguments.of(
            OnnxFile.raw(FLOAT, List.of(1), 1).message(3, new Proto()),
            "is stored in segments, which lipc does not read"));
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void tensors_are_named_with_what_is_wrong(Proto tensor, String clause) {
    assertRefused(
        OnnxFile.floats(3, 3).initialiser("w", tensor).node("Add", "x w", "y"),
        "initialiser `w` " + clause);
  }

  @Test
  void versions_that_are_not_read() {
    assertRefused(
        OnnxFile.opset(6).input("x", FLOAT, 1),
        "the model uses version 6 of ONNX's operators, and lipc reads 7 to 26; export it for one of"
            + " these, or use onnx.version_converter");
    assertRefused(
        new Proto().message(7, new Proto()).toByteArray(),
        "the file names no version of ONNX's operators (opset_import)");
  }

  @Test
  void files_that_are_something_else() {
    Proto versioned = new Proto().message(8, new Proto().integer(2, 13));
    assertRefused(versioned.toByteArray(), "the file holds no graph, so it is not an ONNX model");
    assertRefused(new byte[0], "the file names no version of ONNX's operators (opset_import)");
    assertThatThrownBy(
            () -> OnnxModel.read("{\"a\": 1}".getBytes(StandardCharsets.UTF_8), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessageStartingWith("the model ");
  }

  @Test
  void names_are_printed_on_one_line_and_not_in_full() {
    String name = "a\nb\u001b[31m" + "c".repeat(200);
    assertRefused(
        OnnxFile.floats(3, 3).node("Add", "x " + name, "y"),
        "node `node_y`, an Add, reads `a?b?[31m"
            + "c".repeat(72)
            + "...`, which nothing before it"
            + " gives");
  }
}
