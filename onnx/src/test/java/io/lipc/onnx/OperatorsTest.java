package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.operator.Operators;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator, by ONNX Runtime's outputs and by the layers that it becomes. */
final class OperatorsTest {

  /** The layers' kinds in order, which say what was folded. */
  private static String layers(OnnxFile file) throws OnnxException {
    return OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers().stream()
        .map(
            layer ->
                switch (layer) {
                  case Layer.Linear(_, Matrix dense, _) ->
                      dense.bias().isPresent() ? "dense+b" : "dense";
                  case Layer.Activate activate -> activate.activation().kind().word();
                  case Layer.Linear(_, LinearMap map, _) -> map.word();
                  default -> layer.getClass().getSimpleName();
                })
        .collect(Collectors.joining(" "));
  }

  private static void assertReads(OnnxFile file, String layers) throws Exception {
    Agreement.check(file.bytes());
    assertThat(layers(file)).isEqualTo(layers);
  }

  private static OnnxFile matrix(OnnxFile file, String name, int rows, int columns) {
    return file.initialiser(name, List.of(rows, columns), random(rows, rows * columns));
  }

  static Stream<Arguments> elementwise() {
    return Stream.of(
        Arguments.of("Relu", "relu"),
        Arguments.of("Tanh", "tanh"),
        Arguments.of("Sigmoid", "sigmoid"),
        Arguments.of("Abs", "abs"),
        Arguments.of("LeakyRelu", "leaky_relu"),
        Arguments.of("Elu", "elu"),
        Arguments.of("Celu", "celu"),
        Arguments.of("Selu", "elu scale"),
        Arguments.of("Softplus", "softplus"),
        Arguments.of("Softsign", "softsign"),
        Arguments.of("HardSigmoid", "scale hard_tanh affine"),
        Arguments.of("Sin", "sin"),
        Arguments.of("Neg", "scale"),
        Arguments.of("Identity", ""));
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void elementwise_operators(String operator, String layer) throws Exception {
    assertReads(OnnxFile.floats(4, 4).node(operator, "x", "y"), ("Input " + layer).strip());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.5f, 0, 0.1f, 1, 2.5f})
  void leaky_relu_has_its_slope(float slope) throws Exception {
    assertReads(
        OnnxFile.floats(4, 4).node("LeakyRelu", "x", "y", attribute("alpha", slope)),
        "Input leaky_relu");
  }

  private static OnnxFile newer(int opset) {
    return OnnxFile.opset(opset).input("x", FLOAT, 1, 4).output("y", FLOAT, 1, 4);
  }

  /** Inputs are small, so they are spread before, over all pieces. */
  private static void assertReadsActivation(
      OnnxFile file, String operator, String layers, Proto... attributes) throws Exception {
    assertReads(
        file.initialiser("c", List.of(1, 4), 12, -9, 5, 20)
            .node("Mul", "x c", "h")
            .node(operator, "h", "y", attributes),
        "Input affine " + layers);
  }

  @Test
  void activations_of_newer_versions() throws Exception {
    assertReadsActivation(newer(14), "HardSwish", "hard_swish");
    assertReadsActivation(newer(18), "Mish", "mish");
    assertReadsActivation(newer(20), "Gelu", "gelu");
    assertReadsActivation(newer(20), "Gelu", "gelu", attribute("approximate", "none"));
    assertReadsActivation(newer(20), "Gelu", "gelu_tanh", attribute("approximate", "tanh"));
  }

  /** Old versions read everything from the axis on as one vector, and have another usual axis. */
  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 18})
  void softmax_of_a_whole_vector(int opset) throws Exception {
    assertReads(newer(opset).node("Softmax", "x", "y"), "Input softmax");
    assertReads(newer(opset).node("Softmax", "x", "y", attribute("axis", 1L)), "Input softmax");
    assertReads(newer(opset).node("Softmax", "x", "y", attribute("axis", -1L)), "Input softmax");
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 1, 2.5f})
  void exponential_units_have_their_constants(float alpha) throws Exception {
    assertReadsActivation(newer(13), "Elu", "elu", attribute("alpha", alpha));
    assertReadsActivation(newer(13), "Celu", "celu", attribute("alpha", alpha));
    assertReadsActivation(
        newer(13), "Selu", "elu scale", attribute("alpha", alpha), attribute("gamma", 0.75f));
    assertReadsActivation(
        newer(13),
        "HardSigmoid",
        "affine hard_tanh affine",
        attribute("alpha", alpha / 6),
        attribute("beta", 0.25f));
  }

  static Stream<Arguments> products() {
    return Stream.of("00", "01", "10", "11").map(Arguments::of);
  }

  /** A is a row, or the transpose of a column; B has its rows as inputs, or its columns. */
  @ParameterizedTest
  @MethodSource("products")
  void gemm_with_transpositions(String transposed) throws Exception {
    boolean a = transposed.charAt(0) == '1';
    boolean b = transposed.charAt(1) == '1';
    OnnxFile file =
        (a
                ? OnnxFile.opset(13).input("x", FLOAT, 4, 1)
                : OnnxFile.opset(13).input("x", FLOAT, 1, 4))
            .output("y", FLOAT, 1, 3)
            .initialiser("c", List.of(3), 1, -2, 3)
            .node(
                "Gemm",
                "x w c",
                "y",
                attribute("transA", a ? 1L : 0L),
                attribute("transB", b ? 1L : 0L));
    assertReads(b ? matrix(file, "w", 3, 4) : matrix(file, "w", 4, 3), "Input dense+b");
  }

  @Test
  void gemm_with_factors() throws Exception {
    assertReads(
        matrix(OnnxFile.floats(4, 3), "w", 4, 3)
            .initialiser("c", List.of(1, 3), 1, -2, 3)
            .node("Gemm", "x w c", "y", attribute("alpha", 0.3f), attribute("beta", -1.7f)),
        "Input dense affine");
  }

  @Test
  void gemm_without_c_and_gemm_with_a_scalar_c() throws Exception {
    OnnxFile file =
        matrix(OnnxFile.floats(4, 3), "w", 4, 3)
            .initialiser("c", List.of(), 0.25)
            .node("Gemm", "x w", "h", attribute("beta", 2f))
            .node("Relu", "h", "g");
    assertReads(matrix(file, "v", 3, 3).node("Gemm", "g v c", "y"), "Input dense relu dense+b");
  }

  @Test
  void gemm_that_adds_a_signal_is_a_residual() throws Exception {
    assertReads(
        matrix(OnnxFile.floats(4, 4), "w", 4, 4)
            .node("Relu", "x", "h")
            .node("Gemm", "h w x", "y", attribute("beta", 0.5f)),
        "Input relu dense scale sum");
  }

  @Test
  void gemm_with_the_constant_on_the_left() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 4, 1)
            .output("y", FLOAT, 3, 1)
            .initialiser("c", List.of(3, 1), 1, -2, 3)
            .node("Gemm", "w x c", "y", attribute("transA", 1L));
    assertReads(matrix(file, "w", 4, 3), "Input dense+b");
  }

  static Stream<Arguments> matMuls() {
    return Stream.of(
        Arguments.of("1 4", "4 3", "1 3", true),
        Arguments.of("4", "4 3", "3", true),
        Arguments.of("1 1 4", "4 3", "1 1 3", true),
        Arguments.of("1 4", "1 4 3", "1 1 3", true),
        Arguments.of("1 4", "4", "1", true),
        Arguments.of("4", "3 4", "3", false),
        Arguments.of("4 1", "3 4", "3 1", false),
        Arguments.of("1 4 1", "3 4", "1 3 1", false),
        Arguments.of("4 1", "4", "1", false));
  }

  @ParameterizedTest
  @MethodSource("matMuls")
  void mat_mul(String x, String w, String y, boolean constantOnTheRight) throws Exception {
    List<Integer> shape = Stream.of(w.split(" ")).map(Integer::valueOf).toList();
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, extents(x))
            .output("y", FLOAT, extents(y))
            .initialiser("w", shape, random(2, Shapes.size(shape)))
            .node("MatMul", constantOnTheRight ? "x w" : "w x", "y");
    assertReads(file, "Input dense");
  }

  private static int[] extents(String words) {
    return Stream.of(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x c", "c x"})
  void arithmetic_with_constants(String operands) throws Exception {
    OnnxFile file = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 0.3, -2, 5);
    assertReads(file.node("Add", operands, "y"), "Input affine");
    file = OnnxFile.floats(3, 3).initialiser("c", List.of(1, 3), 0.3, -2, 5);
    assertReads(file.node("Sub", operands, "y"), "Input affine");
    file = OnnxFile.floats(3, 3).initialiser("c", List.of(1), 0.3);
    assertReads(file.node("Mul", operands, "y"), "Input scale");
    file = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 0.3, -2, 5);
    assertReads(file.node("Mul", operands, "y"), "Input affine");
  }

  @Test
  void quotients_by_constants() throws Exception {
    OnnxFile file = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 0.3, -2, 5);
    assertReads(file.node("Div", "x c", "y"), "Input affine");
  }

  @Test
  void what_changes_nothing_leaves_no_layer() throws Exception {
    OnnxFile file =
        OnnxFile.floats(3, 3)
            .initialiser("zero", List.of(3), 0, 0, 0)
            .initialiser("one", List.of(), 1)
            .initialiser("ratio", List.of(), 0.5)
            .initialiser("mode", OnnxFile.raw(OnnxFile.BOOL, List.of(), 0))
            .node("Add", "x zero", "a")
            .node("Mul", "a one", "b")
            .node("Dropout", "b", "c")
            .node("Dropout", "c ratio mode", "d")
            .node("Cast", "d", "e", attribute("to", 11L))
            .node("Cast", "e", "y", attribute("to", 1L));
    assertReads(file, "Input");
  }

  @Test
  void a_constant_of_more_extents_gives_the_signal_more() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 2, 3)
            .output("y", FLOAT, 1, 2, 3)
            .initialiser("c", List.of(1, 2, 1), 10, 20)
            .node("Add", "x c", "y");
    assertReads(file, "Input affine");
  }

  @Test
  void a_bias_is_folded_into_its_product() throws Exception {
    OnnxFile file =
        matrix(OnnxFile.floats(4, 3), "w", 4, 3)
            .initialiser("b", List.of(3), 1, -2, 3)
            .node("MatMul", "x w", "h")
            .node("Add", "b h", "y");
    assertReads(file, "Input dense+b");
  }

  @Test
  void a_product_that_is_read_twice_keeps_both_biases() throws Exception {
    OnnxFile file =
        matrix(OnnxFile.floats(4, 3), "w", 4, 3)
            .initialiser("b", List.of(3), 1, -2, 3)
            .initialiser("c", List.of(3), 0.5, 0.5, 7)
            .node("MatMul", "x w", "h")
            .node("Add", "h b", "p")
            .node("Add", "h c", "q")
            .node("Relu", "p", "r")
            .node("Abs", "q", "s")
            .node("Sum", "r s h", "y");
    assertReads(file, "Input dense+b relu dense+b abs dense sum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h s", "s h"})
  void x_times_its_sigmoid_is_silu(String operands) throws Exception {
    OnnxFile file =
        matrix(OnnxFile.floats(4, 3), "w", 4, 3)
            .node("MatMul", "x w", "h")
            .node("Sigmoid", "h", "s")
            .node("Mul", operands, "y");
    assertReads(file, "Input dense silu");
  }

  @Test
  void residual_sums_and_differences() throws Exception {
    OnnxFile file =
        matrix(OnnxFile.floats(4, 4), "w", 4, 4)
            .node("MatMul", "x w", "h")
            .node("Relu", "h", "r")
            .node("Add", "x r", "s")
            .node("Sub", "s h", "t")
            .node("Add", "t t", "y");
    assertReads(file, "Input dense relu sum scale sum sum");
  }

  @Test
  void a_matrix_that_is_used_twice_is_stored_once() throws Exception {
    OnnxFile file =
        matrix(OnnxFile.floats(4, 4), "w", 4, 4)
            .initialiser("b", List.of(4), 1, -2, 3, -4)
            .node("MatMul", "x w", "h1")
            .node("Add", "h1 b", "z1")
            .node("Tanh", "z1", "a1")
            .node("MatMul", "a1 w", "h2")
            .node("Add", "h2 b", "z2")
            .node("Tanh", "z2", "a2")
            .node("Gemm", "a2 w", "y", attribute("transB", 1L));
    assertReads(file, "Input dense+b tanh dense+b tanh dense");
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    assertThat(model.weights().tensors().keySet())
        .containsExactly("layer1.bias", "layer1.bias2", "layer1.weight", "layer2.weight");
    assertThat(model.checked().stepNames())
        .containsExactly("step0", "layer1", "step2", "layer1_step3", "step4", "layer2");
  }

  @Test
  void layers_that_do_not_reach_the_output_are_dropped() throws Exception {
    OnnxFile file = matrix(OnnxFile.floats(4, 4), "w", 4, 4);
    assertReads(file.node("MatMul", "x w", "h").node("Abs", "x", "y"), "Input abs");
    assertThat(OnnxModel.read(file.bytes(), "Net", 1).weights().tensors()).isEmpty();
  }

  @Test
  void shapes_change_no_order() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, ANY, 1, 2, 3)
            .output("y", FLOAT, 1, 3)
            .integers("flat", 0, -1)
            .integers("back", 1, 3, 2)
            .integers("axes", 0, -1)
            .node("Flatten", "x", "a", attribute("axis", 2L))
            .node("Reshape", "a back", "b")
            .node("Unsqueeze", "b axes", "c")
            .node("Squeeze", "c axes", "d")
            .node("Reshape", "d flat", "e");
    assertReads(matrix(file, "w", 6, 3).node("MatMul", "e w", "y"), "Input dense");
  }

  @Test
  void the_input_keeps_its_shape_but_for_the_batch() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13).input("x", FLOAT, ANY, 1, 2, 3).output("y", FLOAT, 1, 1, 2, 3);
    List<Layer> layers =
        OnnxModel.read(file.node("Abs", "x", "y").bytes(), "Net", 1).checked().network().layers();
    assertThat(layers).extracting(Layer::shape).containsOnly(new Shape(List.of(1, 2, 3)));
  }

  @Test
  void axes_as_attributes_in_older_versions() throws Exception {
    OnnxFile file =
        OnnxFile.opset(11)
            .input("x", FLOAT, 1, 4)
            .output("y", FLOAT, 1, 4)
            .node("Unsqueeze", "x", "a", attribute("axes", List.of(-1, 0)))
            .node("Squeeze", "a", "b", attribute("axes", List.of(0, 3)))
            .node("Dropout", "b", "y", attribute("ratio", 0.5f));
    assertReads(file, "Input");
  }

  @Test
  void constants_as_nodes() throws Exception {
    OnnxFile file =
        OnnxFile.floats(4, 3)
            .node(
                "Constant",
                "",
                "w",
                attribute("value", OnnxFile.raw(FLOAT, List.of(3, 4), random(1, 12))))
            .node("Transpose", "w", "v", attribute("perm", List.of(1, 0)))
            .node("Identity", "v", "u")
            .node("Constant", "", "c", attribute("value_float", 0.5f))
            .node(
                "Constant",
                "",
                "n",
                new Proto().text(1, "value_ints").packedIntegers(8, 1, 3).integer(20, 7))
            .node("MatMul", "x u", "h")
            .node("Add", "h c", "g")
            .node("Reshape", "g n", "y");
    assertReads(file, "Input dense+b");
  }

  @Test
  void doubles_raw_and_listed() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", DOUBLE, ANY, 3)
            .output("y", DOUBLE, ANY, 2)
            .initialiser("w", OnnxFile.raw(DOUBLE, List.of(3, 2), 0.1, 0.2, 0.3, -1, 1e-3, 7))
            .initialiser("b", OnnxFile.tensor(DOUBLE, List.of(2)).packedDoubles(10, 0.1, -0.7))
            .node("Gemm", "x w b", "h")
            .node("Tanh", "h", "y");
    assertReads(file, "Input dense+b tanh");
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    assertThat(model.weights().tensor("layer1.weight").orElseThrow().values())
        .containsExactly(0.1, 0.3, 1e-3, 0.2, -1, 7);
  }

  @Test
  void floats_listed_packed_and_one_by_one() throws Exception {
    Proto bias = OnnxFile.tensor(FLOAT, List.of(2)).single(4, 0.5f).single(4, -3);
    OnnxFile file =
        OnnxFile.floats(3, 2)
            .initialiser(
                "w", OnnxFile.tensor(FLOAT, List.of(3, 2)).packedFloats(4, 1, 2, 3, 4, 5, 6))
            .initialiser("b", bias)
            .node("Gemm", "x w b", "y");
    assertReads(file, "Input dense+b");
  }

  @Test
  void initialisers_that_are_inputs_too_are_constants() throws Exception {
    OnnxFile file = OnnxFile.floats(4, 3).input("w", FLOAT, 4, 3).node("MatMul", "x w", "y");
    assertReads(matrix(file, "w", 4, 3), "Input dense");
  }

  @Test
  void the_network_has_the_name_and_bound_that_it_is_given() throws Exception {
    OnnxModel model =
        OnnxModel.read(OnnxFile.floats(2, 2).node("Relu", "x", "y").bytes(), "a.Net", 3);
    assertThat(model.checked().network().name()).isEqualTo("a.Net");
    assertThat(model.checked().network().lipschitz().bound()).isEqualTo(3);
    assertThat(model.checked().network().input().box()).isEmpty();
    assertThat(Operators.SILU.kind()).isEqualTo(PointwiseKind.SILU);
  }
}
