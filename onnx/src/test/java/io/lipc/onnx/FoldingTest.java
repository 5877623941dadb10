package io.lipc.onnx;

import static io.lipc.onnx.Agreement.assertReads;
import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.BOOL;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.protobuf.OnnxException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes and constants that nodes compute, by ONNX Runtime's outputs. */
final class FoldingTest {

  private static OnnxFile weight(OnnxFile file, String name, Integer... shape) {
    List<Integer> extents = List.of(shape);
    return file.initialiser(name, extents, random(extents.getFirst(), Shapes.size(extents)));
  }

  private static Proto scalar(long value) {
    return attribute("value", OnnxFile.raw(INT64, List.of(), value));
  }

  /** {@code x.view(x.size(0), -1)}, as PyTorch's exporters write it. */
  @Test
  void a_view_of_the_batch_and_the_rest() throws Exception {
    OnnxFile file = OnnxFile.opset(11).input("x", FLOAT, ANY, 1, 2, 3).output("y", FLOAT, ANY, 4);
    file.node("Shape", "x", "shape").node("Constant", "", "zero", scalar(0));
    file.node("Gather", "shape zero", "size", attribute("axis", 0L));
    file.node("Constant", "", "rest", attribute("value", OnnxFile.raw(INT64, List.of(1), -1)));
    file.node("Unsqueeze", "size", "first", attribute("axes", List.of(0)));
    file.node("Concat", "first rest", "target", attribute("axis", 0L));
    file.node("Reshape", "x target", "flat");
    weight(file, "w", 4, 6).node("Gemm", "flat w", "y", attribute("transB", 1L));
    assertReads(file, "Input dense");
  }

  /** {@code tf.reshape(x, [-1, prod(shape[1:])])}, as tf2onnx writes it. */
  @Test
  void a_target_by_slices_casts_and_products() throws Exception {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, ANY, 2, 3).output("y", FLOAT, ANY, 6);
    file.node("Shape", "x", "shape").node("Cast", "shape", "narrow", attribute("to", 6L));
    file.integers("one", 1).integers("two", 2).integers("three", 3);
    file.node("Slice", "narrow one two", "a").node("Slice", "narrow two three", "b");
    file.node("Mul", "a b", "product").node("Cast", "product", "wide", attribute("to", 7L));
    file.integers("any", -1).node("Concat", "any wide", "target", attribute("axis", 0L));
    assertReads(file.node("Reshape", "x target", "h").node("Abs", "h", "y"), "Input abs");
  }

  @Test
  void newer_versions_take_some_of_a_shape() throws Exception {
    OnnxFile file = OnnxFile.opset(15).input("x", FLOAT, 1, 2, 3).output("y", FLOAT, 1, 6);
    file.node("Shape", "x", "first", attribute("start", -9L), attribute("end", -2L));
    file.node("Size", "x", "size").integers("axes", 0).node("Unsqueeze", "size axes", "all");
    file.node("Concat", "first all", "target", attribute("axis", 0L));
    assertReads(file.node("Reshape", "x target", "y"), "Input");
  }

  /** {@code x.expand(...)}, as PyTorch's exporters write it. */
  @Test
  void an_expansion_with_its_shape_chosen_by_where() throws Exception {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, 1, 3, 1).output("y", FLOAT, 1, 3, 2);
    file.integers("wanted", -1, 3, 2).integers("rank", 3).integers("minus", -1);
    file.node("ConstantOfShape", "rank", "ones", one());
    file.node("Mul", "ones minus", "negative").node("Equal", "wanted negative", "open");
    file.node("Where", "open ones wanted", "target").node("Expand", "x target", "y");
    assertReads(file, "Input select");
  }

  private static Proto one() {
    return attribute("value", OnnxFile.raw(INT64, List.of(1), 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Sub", "Mul", "Div"})
  void real_constants(String operator) throws Exception {
    OnnxFile file = weight(weight(OnnxFile.floats(3, 3), "a", 2, 1, 3), "b", 2, 1, 1);
    file.node(operator, "a b", "c").initialiser("zero", OnnxFile.raw(INT64, List.of(), 0));
    file.node("Gather", "c zero", "d").node("Add", "x d", "y");
    assertReads(file, "Input affine");
  }

  /** As C and ONNX divide, and not as Python does. */
  @Test
  void integers_are_divided_towards_zero() throws Exception {
    OnnxFile file = OnnxFile.floats(4, 3).integers("a", -7).integers("b", 2).integers("c", 2);
    file.node("Div", "a b", "d").node("Sub", "c d", "end").integers("begin", 2).integers("axis", 1);
    file.node("Slice", "x begin end axis", "h");
    file.node("Concat", "h h", "i", attribute("axis", 1L)).integers("last", -1).integers("m", 9);
    file.node("Slice", "i last m axis", "j").node("Concat", "i j", "k", attribute("axis", 1L));
    file.integers("three", 3).integers("zero", 0);
    assertReads(
        file.node("Slice", "k zero three axis", "y"), "Input select concat select concat select");
  }

  @Test
  void a_constant_of_a_shape_is_zero() throws Exception {
    OnnxFile file = OnnxFile.floats(3, 3).integers("shape", 1, 3);
    file.node("ConstantOfShape", "shape", "c").node("Sub", "c x", "h").node("Relu", "h", "y");
    assertReads(file, "Input scale relu");
  }

  @Test
  void truth_values_choose() throws Exception {
    OnnxFile file = weight(weight(OnnxFile.floats(3, 3), "a", 3), "b", 3);
    file.initialiser("which", OnnxFile.raw(BOOL, List.of(3), 1, 0, 1));
    assertReads(file.node("Where", "which a b", "c").node("Mul", "x c", "y"), "Input affine");
  }

  @Test
  void matrices_that_nodes_turn_and_cut() throws Exception {
    OnnxFile file = weight(OnnxFile.floats(3, 2), "w", 2, 4, 3);
    file.integers("from", 0, 1).integers("to", 2, 2);
    file.node("Slice", "w from to", "a").node("Squeeze", "a axes", "b").integers("axes", 1);
    file.node("Transpose", "b", "c", attribute("perm", List.of(1, 0))).node("MatMul", "x c", "y");
    assertReads(file, "Input dense");
  }

  /** Some exporters write constants behind the nodes that read them. */
  @Test
  void nodes_in_another_order() throws Exception {
    OnnxFile file = OnnxFile.floats(3, 3).node("Add", "h c", "y").node("Relu", "x", "h");
    Proto constant = OnnxFile.raw(FLOAT, List.of(3), 1, 2, 3);
    assertReads(file.node("Constant", "", "c", attribute("value", constant)), "Input relu affine");
  }

  @Test
  void numbers_of_two_bytes_are_read_exactly() throws Exception {
    Proto half = OnnxFile.tensor(10, List.of(4));
    half.bytes(9, new byte[] {0x01, 0x00, (byte) 0xff, 0x7b, 0x00, (byte) 0x80, 0x55, 0x35});
    Proto brain = OnnxFile.tensor(16, List.of(2)).integer(5, 0x3f81).integer(5, 0xc0ff);
    OnnxFile file = OnnxFile.floats(4, 6).initialiser("h", half).initialiser("b", brain);
    file.node("Cast", "h", "c", attribute("to", 1L)).node("Cast", "b", "d", attribute("to", 1L));
    file.node("Add", "x c", "e")
        .integers("i", 0, 1)
        .node("Gather", "x i", "f", attribute("axis", 1L));
    file.node("Mul", "f d", "g").node("Concat", "e g", "y", attribute("axis", 1L));
    assertReads(file, "Input affine select affine concat");
    double[] found =
        Agreement.interpreter(OnnxModel.read(file.bytes(), "Net", 1))
            .apply(new double[] {0, 1, 0, 0});
    assertThat(found).containsExactly(0x1p-24, 65505, -0.0 + 0, 0x1.554p-2, 0, -7.96875);
  }

  /** As PyTorch's exporter leaves spectral norms: {@code W / (u' (W v))}. */
  @Test
  void products_of_constants_are_rounded_once() throws Exception {
    double[] w = {0.1, -2, 3, 0.7};
    double[] u = {0.6, 0.8};
    double[] v = {-0.28, 0.96};
    OnnxFile file =
        OnnxFile.floats(2, 2)
            .initialiser("w", OnnxFile.raw(DOUBLE, List.of(2, 2), w))
            .initialiser("u", OnnxFile.raw(DOUBLE, List.of(2), u))
            .initialiser("v", OnnxFile.raw(DOUBLE, List.of(2), v))
            .node("MatMul", "w v", "wv")
            .node("MatMul", "u wv", "norm")
            .node("Div", "w norm", "n")
            .node("MatMul", "x n", "y");
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    double[] wv = {dot(w[0], v[0], w[1], v[1]), dot(w[2], v[0], w[3], v[1])};
    double norm = dot(u[0], wv[0], u[1], wv[1]);
    assertThat(model.weights().tensor("layer1.weight").orElseThrow().values())
        .containsExactly(w[0] / norm, w[2] / norm, w[1] / norm, w[3] / norm);
    OnnxFile floats =
        OnnxFile.floats(2, 2)
            .initialiser("a", List.of(2, 3), 1, 2, 3, -4, 5, 6)
            .initialiser("b", List.of(3, 2), 0.1, 0.2, 0.3, 0.4, -0.5, 0.6)
            .node("MatMul", "a b", "c")
            .node("MatMul", "x c", "y");
    Agreement.check(floats.bytes());
  }

  private static double dot(double a, double b, double c, double d) {
    BigDecimal first = new BigDecimal(a).multiply(new BigDecimal(b));
    return first.add(new BigDecimal(c).multiply(new BigDecimal(d))).doubleValue();
  }

  @Test
  void products_of_constants_that_do_not_fit_or_are_too_large() {
    assertRefused(
        product("a a"), "multiplies constants of shapes [2, 3] and [2, 3], or of two types");
    assertRefused(product("cube a"), "multiplies constants of which one has the shape [1, 1, 1]");
    assertRefused(product("huge huge"), "overflows a constant; reading it is not planned");
    assertRefused(
        product("large large"),
        "the model has more than 2097152 products of numbers in its constants");
  }

  private static OnnxFile product(String constants) {
    return OnnxFile.floats(2, 2)
        .initialiser("a", List.of(2, 3), new double[6])
        .initialiser("cube", List.of(1, 1, 1), 1)
        .initialiser("huge", OnnxFile.raw(DOUBLE, List.of(1), 1e200))
        .initialiser("large", List.of(1024, 1024), new double[1 << 20])
        .node("MatMul", constants, "c")
        .node("Relu", "x", "y");
  }

  private static void assertRefused(OnnxFile file, String clause) {
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining(clause);
  }

  private static OnnxFile row() {
    return OnnxFile.opset(13).input("x", FLOAT, 1, 2).output("y", FLOAT, 1, 2);
  }

  /** Found by mutants of files. */
  @Test
  void a_quotient_of_one_constant() throws Exception {
    OnnxFile file = row().node("Constant", "", "one", scalar(1)).node("Div", "one", "q");
    assertRefused(file.node("Add", "x q", "y"), "has 1 inputs where 2 are expected");
  }

  /** Runtimes compute constants in floats, in which 0.1 + 0.2 is what stands in the file. */
  @Test
  void real_constants_are_not_compared() {
    OnnxFile file = row().initialiser("a", List.of(), 0.1f).initialiser("b", List.of(), 0.2f);
    file.initialiser("c", List.of(), 0.1f + 0.2f).initialiser("d", List.of(), 2);
    file.node("Add", "a b", "s").node("Equal", "s c", "e").node("Where", "e c d", "f");
    assertRefused(file.node("Mul", "x f", "y"), "compares constants that are not integers");
  }

  @Test
  void integers_that_doubles_or_their_type_do_not_hold() {
    OnnxFile sum = row().initialiser("big", longs((1L << 53) + 1));
    sum.initialiser("less", longs(-(1L << 53))).node("Add", "big less", "one");
    sum.node("Cast", "one", "f", attribute("to", 1L)).node("Mul", "x f", "y");
    assertRefused(sum, "computes with an integer of more than 53 bits");
    OnnxFile same = row().initialiser("big", longs((1L << 53) + 1));
    same.initialiser("other", longs(1L << 53)).node("Equal", "big other", "e");
    assertRefused(same.node("Mul", "x e", "y"), "computes with an integer of more than 53 bits");
    OnnxFile cut = row().initialiser("big", longs((1L << 32) + 1));
    cut.node("Cast", "big", "small", attribute("to", 6L));
    cut.node("Cast", "small", "f", attribute("to", 1L)).node("Mul", "x f", "y");
    assertRefused(cut, "overflows int32");
    OnnxFile listed = row().initialiser("k", OnnxFile.tensor(6, List.of()).integer(5, 1L << 32));
    listed.node("Cast", "k", "f", attribute("to", 1L)).node("Mul", "x f", "y");
    assertRefused(listed, "has 4294967296 at index 0, which is no int32");
    OnnxFile truth = row().initialiser("k", OnnxFile.raw(BOOL, List.of(), 2));
    truth.node("Cast", "k", "f", attribute("to", 1L)).node("Mul", "x f", "y");
    assertRefused(truth, "has 2 at index 0, which is no bool");
  }

  private static Proto longs(long value) {
    return OnnxFile.tensor(INT64, List.of()).integer(7, value);
  }

  /** ONNX Runtime takes it as if the list were not there. */
  @Test
  void squeeze_of_an_empty_list() {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, 1, 2, 1).output("y", FLOAT, 1, 2, 1);
    assertRefused(
        file.integers("none").node("Squeeze", "x none", "y"),
        "names no extents in a list of axes that is there");
  }

  /** Version 6 normalises by the statistics of its batch unless it is told not to. */
  @Test
  void old_batch_normalisation_trains_unless_it_is_told_not_to() throws Exception {
    OnnxFile file = OnnxFile.opset(6).input("x", FLOAT, 1, 2).output("y", FLOAT, 1, 2);
    for (String name : List.of("s", "b", "m", "v")) {
      file.initialiser(name, List.of(2), 1, 2);
    }
    byte[] tests =
        file.node("BatchNormalization", "x s b m v", "y", attribute("is_test", 1L)).bytes();
    assertThat(OnnxModel.read(tests, "Net", 1).checked().network().layers()).hasSize(2);
    OnnxFile trains = OnnxFile.opset(6).input("x", FLOAT, 1, 2).output("y", FLOAT, 1, 2);
    for (String name : List.of("s", "b", "m", "v")) {
      trains.initialiser(name, List.of(2), 1, 2);
    }
    assertRefused(
        trains.node("BatchNormalization", "x s b m v", "y"), "takes the statistics of its batch");
  }

  /** The largest float as a least value is one. */
  @Test
  void limits_of_the_wrong_side_are_limits() throws Exception {
    OnnxFile file = row().initialiser("least", List.of(), Float.MAX_VALUE);
    file.node("Clip", "x least", "y");
    assertThat(OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers()).hasSize(4);
  }
}
