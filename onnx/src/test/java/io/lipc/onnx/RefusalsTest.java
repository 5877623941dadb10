package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static io.lipc.onnx.OnnxFile.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.operator.UnreadOperator;
import io.lipc.onnx.protobuf.OnnxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that lipc does not read are refused in words that name the place. */
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

  /** Whoever adds an operator to those that are not read says what is to become of it. */
  @Test
  void every_operator_that_is_not_read_says_whether_it_is_planned_and_what_to_do() {
    assertThat(UnreadOperator.all()).hasSizeGreaterThan(80);
    for (String operator : UnreadOperator.all()) {
      assertThatThrownBy(() -> OnnxModel.read(file().node(operator, "x", "y").bytes(), "Net", 1))
          .isInstanceOf(OnnxException.class)
          .message()
          .contains("node `node_y`, a")
          .containsPattern(
              "; reading it is (planned; until then|not planned; (export|train)).* .*");
    }
  }

  @Test
  void operators_that_are_not_read() {
    String known =
        "is none of the operators that lipc knows; reading it is not planned; write it with these:"
            + " Abs, Add, AveragePool, BatchNormalization, Cast, Celu, Clip, Concat, Constant,"
            + " ConstantOfShape, Conv, ConvTranspose, DepthToSpace, Div, Dropout, Elu, Equal (of"
            + " constants), Expand, Flatten, Gather, Gelu, Gemm, GlobalAveragePool, HardSigmoid,"
            + " HardSwish, Identity, LayerNormalization, LeakyRelu, MatMul, Max, MaxPool, Min,"
            + " Mish, Mul, Neg, PRelu, Pad, ReduceMean, ReduceSum, Relu, Reshape, Resize, Selu,"
            + " Shape, Sigmoid, Sin, Size, Slice, Softmax, Softplus, Softsign, SpaceToDepth, Split,"
            + " Squeeze, Sub, Sum, Tanh, TopK, Transpose, Unsqueeze, Upsample, Where (of"
            + " constants)";
    assertRefused(file().node("Unheard", "x", "y"), "node `node_y`, an Unheard, " + known);
    Proto foreign = new Proto().text(1, "x").text(2, "y").text(4, "Relu").text(7, "com.example");
    assertRefused(file().field(1, foreign), "node number 0, a com.example.Relu, " + known);
  }

  /** One of each kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Exp: has slopes without bound, so that no Lipschitz bound exists; reading it is"
            + " not planned; export the model up to it, or with an activation in its place",
        "RMSNormalization: divides by a deviation of its input plus an epsilon, and is as"
            + " steep as 1/sqrt(epsilon), 316.23 for 1e-5; reading it is planned; until then,"
            + " train with LayerNormalization, or with BatchNormalization, which are read",
        "LRN: divides by a power of a sum of squares of its input, of bounded slopes; reading"
            + " it is not planned; train with BatchNormalization, which is read for inference",
        "ReduceL2: is a norm or a soft maximum of some elements, of bounded slopes; reading it"
            + " is planned; until then, export the model up to it, or as part of"
            + " x / Max(ReduceL2(x), c), which is read",
        "LpNormalization: divides by a length that may be 0, so that no Lipschitz bound exists;"
            + " reading it is not planned; export x / Max(ReduceL2(x), c), as"
            + " torch.nn.functional.normalize(x, eps=c) is, which is read",
        "Asin: has slopes without bound, so that no Lipschitz bound exists; reading it is"
            + " not planned; export the model up to it, or with an activation in its place",
        "Sign: jumps, so that no Lipschitz bound exists; reading it is not planned;"
            + " export the model up to its scores, and certify these",
        "LSTM: runs over a sequence, and lipc reads feed-forward networks; reading it is"
            + " not planned; export one step, with the state as a second input",
        "Loop: runs other graphs; reading it is not planned; export the model by"
            + " tracing, for one input of fixed size, which leaves the nodes that are run",
        "QLinearConv: computes with quantised numbers, and lipc reads networks of real"
            + " numbers; reading it is not planned; export the model before it is quantised",
        "Bernoulli: draws random numbers; reading it is not planned; export the model"
            + " for inference, after model.eval()",
        "Erf: is a function of each element, of bounded slopes; reading it is planned;"
            + " until then, use one of the activations that are read, such as Relu, LeakyRelu,"
            + " Tanh or Sigmoid",
        "ReduceMax: takes the largest or smallest of some elements; reading it is"
            + " planned; until then, take Max or Min of slices, or MaxPool, which are read",
        "CumSum: is linear; reading it is planned; until then, write it by MatMul with a"
            + " constant matrix",
        "Attention: multiplies signals, which has no Lipschitz bound; reading it is not"
            + " planned; export the model without it; another kind of attention, with a bound,"
            + " is planned"
      })
  void operators_that_are_not_read_say_why_and_what_to_do(String said) {
    String[] words = said.split(": ", 2);
    String article = words[0].matches("[AE].*") ? "an " : "a ";
    assertRefused(
        file().node(words[0], "x", "y"), "node `node_y`, " + article + words[0] + ", " + words[1]);
  }

  @Test
  void softmax_of_less_than_the_whole() {
    OnnxFile rows = OnnxFile.opset(13).input("x", OnnxFile.FLOAT, 1, 2, 3);
    assertRefused(
        rows.output("y", OnnxFile.FLOAT, 1, 2, 3).node("Softmax", "x", "y"),
        "node `node_y`, a Softmax, goes along axis -1 of [1, 2, 3], and lipc reads"
            + " Softmax of a whole vector of two or more; reading it is not planned; export"
            + " the model up to its logits, and certify these");
    assertRefused(
        file().node("Softmax", "x", "y", OnnxFile.attribute("axis", 0L)),
        "node `node_y`, a Softmax, goes along axis 0 of [1, 3], and lipc reads Softmax"
            + " of a whole vector of two or more; reading it is not planned; export the model"
            + " up to its logits, and certify these");
    assertRefused(
        file().node("Softmax", "x", "y", OnnxFile.attribute("axis", 2L)),
        "node `node_y`, a Softmax, has axis 2 of a tensor with 2 extents" + OnnxNode.INVALID);
    OnnxFile flat = OnnxFile.opset(13).input("x", OnnxFile.FLOAT, 3);
    assertRefused(
        flat.output("y", OnnxFile.FLOAT, 3).node("Softmax", "x", "y"),
        "node `node_y`, a Softmax, names no axis, and its versions differ in which one"
            + " they mean; reading it is not planned; export the model with its axis named,"
            + " such as -1");
  }

  @Test
  void constants_without_slope_bounds() {
    assertRefused(
        file().node("Elu", "x", "y", OnnxFile.attribute("alpha", -0.5f)),
        "node `node_y`, an Elu, has alpha = -0.5, for which no slope bounds of elu are"
            + " proved; reading it is not planned; train and export the model with another"
            + " alpha");
    assertRefused(
        file().node("Celu", "x", "y", OnnxFile.attribute("alpha", 0f)),
        "node `node_y`, a Celu, has alpha = 0.0, for which no slope bounds of celu are"
            + " proved; reading it is not planned; train and export the model with another"
            + " alpha");
    assertRefused(
        file().node("Elu", "x", "y", OnnxFile.attribute("alpha", Float.NaN)),
        "node `node_y`, an Elu, has attribute `alpha` = NaN" + OnnxNode.INVALID);
    assertRefused(
        file().node("Gelu", "x", "y", OnnxFile.attribute("approximate", "sigmoid")),
        "node `node_y`, a Gelu, has another approximation than none and tanh" + OnnxNode.INVALID);
    assertRefused(
        file().node("Gelu", "x", "y", OnnxFile.attribute("approximate", 1L)),
        "node `node_y`, a Gelu, has attribute `approximate` of another type than the operator has"
            + OnnxNode.INVALID);
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        Arguments.of(
            "Mul",
            "x x",
            "multiplies two signals, for which lipc knows no Lipschitz bound unless it is x *"
                + " Sigmoid(x); reading it is not planned; export the model up to it, or with an"
                + " activation in its place"),
        Arguments.of(
            "Div",
            "c x",
            "divides by a signal, for which lipc knows no Lipschitz bound; reading it is not"
                + " planned; export the model up to it, or divide by a constant"),
        Arguments.of(
            "Div",
            "x zero",
            "divides by a constant that has a zero; reading it is not planned; train and"
                + " export the model with another constant"),
        Arguments.of(
            "Add",
            "c i",
            "computes with constants of two types, or of truth values" + OnnxNode.INVALID),
        Arguments.of(
            "Add",
            "large large",
            "overflows a constant; reading it is not planned; train and export the model"
                + " with smaller numbers"),
        Arguments.of(
            "Div",
            "c zero",
            "divides by a constant that has a zero; reading it is not planned; train and"
                + " export the model with another constant"),
        Arguments.of(
            "Relu",
            "c",
            "computes with constants alone; reading it is not planned; fold them when the"
                + " model is exported"),
        Arguments.of(
            "Add",
            "x i",
            "has an operand of integers, which lipc does not compute with; reading it is not"
                + " planned; export the model with real numbers"),
        Arguments.of(
            "Add",
            "x two",
            "has operands of shapes [1, 3] and [2], which do not fit" + OnnxNode.INVALID),
        Arguments.of("Add", "x z", "reads `z`, which nothing before it gives" + OnnxNode.INVALID),
        Arguments.of("Add", "x", "has 1 inputs where 2 are expected" + OnnxNode.INVALID),
        Arguments.of("Add", "x ", "has 2 inputs where 2 are expected" + OnnxNode.INVALID),
        Arguments.of(
            "MatMul",
            "x two",
            "multiplies a matrix of 3 columns with one of 2 rows" + OnnxNode.INVALID),
        Arguments.of(
            "MatMul",
            "x x",
            "multiplies a matrix of 3 columns with one of 1 rows" + OnnxNode.INVALID),
        Arguments.of(
            "MatMul",
            "x i3",
            "has a matrix of integers, or an empty one; reading it is not planned; export"
                + " the model with a matrix of real numbers"),
        Arguments.of(
            "Gemm", "x c", "has input 1 of shape [3], which is not a matrix" + OnnxNode.INVALID),
        Arguments.of("Reshape", "x i", ""),
        Arguments.of(
            "Reshape",
            "x i3",
            "makes the shape [1, 2, 3] of [1, 3], which has other elements" + OnnxNode.INVALID),
        Arguments.of(
            "Reshape",
            "x x",
            "has a shape that depends on the input; reading it is not planned; export the"
                + " model for inputs of fixed size"),
        Arguments.of(
            "Reshape",
            "x c",
            "has a shape that is not a short list of integers" + OnnxNode.INVALID),
        Arguments.of("Squeeze", "x i", "has axis 3 of a tensor with 2 extents" + OnnxNode.INVALID),
        Arguments.of("Unsqueeze", "x", "has no axes" + OnnxNode.INVALID),
        Arguments.of(
            "Dropout",
            "x c c",
            "drops elements at random; reading it is not planned; export the model for"
                + " inference, after model.eval()"),
        Arguments.of(
            "Slice",
            "x c c",
            "has a list of starts that is not a short list of integers" + OnnxNode.INVALID),
        Arguments.of(
            "Slice",
            "x i i3",
            "has 2 starts, 3 ends, 2 axes and 2 steps for [1, 3]" + OnnxNode.INVALID),
        Arguments.of(
            "Slice",
            "x i3 i3",
            "has 3 starts, 3 ends, 3 axes and 3 steps for [1, 3]" + OnnxNode.INVALID),
        Arguments.of("Slice", "x i i  i0", "has a step of 0" + OnnxNode.INVALID),
        Arguments.of(
            "Slice",
            "x i i",
            "takes no element of its input; reading it is not planned; export the model"
                + " without it"),
        Arguments.of("Gather", "x c", "has indices that are not integers" + OnnxNode.INVALID),
        Arguments.of(
            "Gather",
            "x x",
            "has indices that depend on the input; reading it is not planned; export the"
                + " model for inputs of fixed size"),
        Arguments.of("Gather", "x i", "has the index 1 into an extent of 1" + OnnxNode.INVALID),
        Arguments.of(
            "Split", "x i", "splits an extent of 1 into [1, 3] for 1 outputs" + OnnxNode.INVALID),
        Arguments.of("Expand", "x i", ""),
        Arguments.of(
            "Expand", "x i4", "expands [1, 3] to [2, 2], which do not fit" + OnnxNode.INVALID),
        Arguments.of("Clip", "x two", "has a least value of 2 numbers" + OnnxNode.INVALID),
        Arguments.of(
            "Clip",
            "x x",
            "has a least value that depends on the input; reading it is not planned; export"
                + " the model with a constant in its place"),
        Arguments.of(
            "Clip",
            "x one minus",
            "has the limits 1.0 and -1.0, of which the first one is larger; reading it is"
                + " not planned; export the model with the limits in order"),
        Arguments.of(
            "Max",
            "c c",
            "computes with constants alone; reading it is not planned; fold them when the"
                + " model is exported"),
        Arguments.of(
            "ReduceSum", "x i3", "has axis 2 of a tensor with 2 extents" + OnnxNode.INVALID),
        Arguments.of(
            "ConstantOfShape",
            "x",
            "has a shape that depends on the input; reading it is not planned; export the"
                + " model for inputs of fixed size"),
        Arguments.of("Constant", "", "has 0 values" + OnnxNode.INVALID),
        Arguments.of(
            "Cast",
            "x",
            "makes no type of its input; reading it is not planned; export the model up to"
                + " it, or with float, double, float16 or bfloat16"));
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
            .integers("i0", 0, 0)
            .integers("i4", 2, 2)
            .initialiser("large", OnnxFile.raw(DOUBLE, List.of(1), 1e308))
            .initialiser("one", List.of(), 1)
            .initialiser("minus", List.of(), -1)
            .node(operator, inputs, "y");
    if (clause.isEmpty()) {
      OnnxModel.read(file.bytes(), "Net", 1);
    } else {
      String article = operator.matches("[AEU].*") ? "an " : "a ";
      assertRefused(file, "node `node_y`, " + article + operator + ", " + clause);
    }
  }

  @Test
  void attributes_that_might_change_the_meaning() {
    assertRefused(
        file().node("Add", "x c", "y", attribute("axis", 1L)),
        "node `node_y`, an Add, has attribute `axis`, which lipc does not read; reading"
            + " it is not planned; export the model without it");
    assertRefused(
        file().node("LeakyRelu", "x", "y", attribute("alpha", 1L)),
        "node `node_y`, a LeakyRelu, has attribute `alpha` of another type than the operator has"
            + OnnxNode.INVALID);
    assertRefused(
        file().node("LeakyRelu", "x", "y", attribute("alpha", Float.NaN)),
        "node `node_y`, a LeakyRelu, has attribute `alpha` = NaN" + OnnxNode.INVALID);
    Proto twice = attribute("alpha", 1f);
    assertRefused(
        file().node("LeakyRelu", "x", "y", twice, twice),
        "node `node_y` has attribute `alpha` twice" + OnnxNode.INVALID);
  }

  @Test
  void names_that_are_given_twice() {
    assertRefused(
        file().node("Relu", "x", "y").node("Abs", "x", "y"),
        "node `node_y`, an Abs, gives `y`, which there is already" + OnnxNode.INVALID);
    assertRefused(
        file().node("Relu", "x", "c"),
        "node `node_c`, a Relu, gives `c`, which there is already" + OnnxNode.INVALID);
    assertRefused(file().integers("c", 1), "two initialisers are called `c`");
  }

  @Test
  void no_input_and_more_than_one_output() {
    assertRefused(
        file().output("z", FLOAT, 1, 3).node("Abs", "x", "y"),
        "the graph has 2 outputs, `y`, `z`, and a network has one; choose it by `lipc import"
            + " MODEL.onnx --output NAME` or @CertifiedNetwork(value = \"MODEL.onnx\", output ="
            + " \"NAME\"); for a bound of all together, join them by Concat before the model is"
            + " exported");
    assertRefused(
        OnnxFile.opset(13).input("x", FLOAT, 1, 3),
        "the graph has no output, so that it is no network");
    assertRefused(
        OnnxFile.opset(13), "the graph has no input, so that it is a constant and no network");
    assertRefused(file().input("x", FLOAT, 1, 3), "two inputs are called `x`");
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
        "input `x` is of int64; lipc reads networks of float, double, float16 and bfloat16");
    assertRefused(
        OnnxFile.opset(13).input("x", FLOAT, 1, ANY).output("y", FLOAT, 1, 3),
        "extent 1 of input `x` may be any number, and a network has inputs of one size: only the"
            + " first extent, the batch, may be free; say which numbers by --shape x=1,N or"
            + " @CertifiedNetwork(shape = \"x=1,N\")");
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
        "node `node_y`, a MatMul, multiplies 2 vectors at once (shape [2, 3]), and lipc"
            + " reads networks of one vector; reading it is not planned; export the model with"
            + " a batch of any size or of 1");
  }

  static Stream<Arguments> tensors() {
    return Stream.of(
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(3)).packedFloats(4, 1, 2),
            "has 2 numbers for shape [3]"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(3)).bytes(9, new byte[11]),
            "has 11 bytes for 3 numbers of float"),
        Arguments.of(
            OnnxFile.raw(FLOAT, List.of(1), 1).packedFloats(4, 1),
            "has its numbers twice, raw and as a list"),
        Arguments.of(
            OnnxFile.raw(DOUBLE, List.of(2), 1, Double.NaN),
            "holds NaN at index 1; reading it is not planned; train and export the model"
                + " with finite numbers"),
        Arguments.of(
            OnnxFile.raw(FLOAT, List.of(2), 1e300, 0),
            "holds Infinity at index 0; reading it is not planned; train and export the"
                + " model with finite numbers"),
        Arguments.of(
            OnnxFile.tensor(10, List.of(1)).integer(5, 1 << 16),
            "has 65536 at index 0, which is no float16"),
        Arguments.of(
            OnnxFile.tensor(16, List.of(1)).bytes(9, new byte[3]),
            "has 3 bytes for 1 numbers of bfloat16"),
        Arguments.of(
            OnnxFile.tensor(10, List.of(1)).integer(5, 0x7C00),
            "holds Infinity at index 0; reading it is not planned; train and export the"
                + " model with finite numbers"),
        Arguments.of(
            OnnxFile.tensor(99, List.of(1)),
            "is of type 99, and lipc reads float, double, float16 and bfloat16; reading it"
                + " is not planned; export the model with one of these"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(-1)),
            "has the shape [-1], which is not a shape, or is too large"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(1 << 20, 1 << 20)),
            "has the shape [1048576, 1048576], which is not a shape, or is too large"),
        Arguments.of(
            OnnxFile.raw(FLOAT, List.of(1), 1).message(3, new Proto()),
            "is stored in segments; reading it is not planned; save the model again, without"
                + " them"));
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
        OnnxFile.opset(5).input("x", FLOAT, 1),
        "the model uses version 5 of ONNX's operators, and lipc reads 6 to 26; export it for one of"
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
        "node `node_y`, an Add, reads `a\\u000ab\\u001b[31m"
            + "c".repeat(142)
            + "...`, which nothing before it"
            + " gives"
            + OnnxNode.INVALID);
  }
}
