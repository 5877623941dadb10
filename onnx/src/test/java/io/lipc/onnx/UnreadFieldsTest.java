package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields of a file that lipc does not read are refused, unless they cannot change the function. */
final class UnreadFieldsTest {

  private static OnnxFile file() {
    return OnnxFile.floats(3, 3).initialiser("c", List.of(3), 1, 2, 3).node("Add", "x c", "y");
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> OnnxModel.read(file, "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  private static void assertRead(byte[] file) throws OnnxException {
    assertThat(OnnxModel.read(file, "Net", 1).checked().network().layers()).isNotEmpty();
  }

  private static Proto pair() {
    return new Proto().text(1, "key").text(2, "value");
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(
            new Proto().message(25, new Proto().text(1, "Relu")),
            "defines functions of its own (functions), which lipc does not read;"
                + " onnx.inliner.inline_local_functions(model) puts their nodes into the graph"),
        Arguments.of(
            new Proto().message(20, new Proto()),
            "carries information on training (training_info), which changes its initialisers;"
                + " save it without: del model.training_info[:]"),
        Arguments.of(
            new Proto().message(26, new Proto()),
            "says how it is split over devices (configuration), which lipc does not read;"
                + " save it without: del model.configuration[:]"),
        Arguments.of(
            new Proto().integer(99, 1),
            "has field 99, which ONNX did not have up to version 13 of its format, so that lipc"
                + " cannot say what it changes"),
        Arguments.of(
            new Proto().message(8, new Proto().text(1, "ai.onnx").integer(2, 17)),
            "imports ONNX's operators twice (opset_import), in versions 13 and 17; save it with the"
                + " one that its nodes were made for"),
        Arguments.of(
            new Proto().message(8, new Proto().text(1, "ai.onnx").integer(2, 12)),
            "imports ONNX's operators twice (opset_import), in versions 13 and 12; save it with the"
                + " one that its nodes were made for"),
        Arguments.of(
            new Proto().integer(1, 14),
            "is of version 14 of ONNX's format (ir_version), and lipc reads up to 13; export it for"
                + " an older one"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void fields_of_the_model(Proto fields, String clause) {
    assertRefused(file().with(fields), "the model " + clause);
  }

  @Test
  void the_same_version_twice_is_one() throws OnnxException {
    assertRead(file().with(new Proto().message(8, new Proto().text(1, "ai.onnx").integer(2, 13))));
  }

  @Test
  void a_function_that_replaces_an_operator_is_not_passed_over() {
    Proto body = new Proto().text(1, "Add").text(4, "x").text(4, "c").text(5, "y");
    assertThatThrownBy(
            () -> OnnxModel.read(file().with(new Proto().message(25, body.text(10, ""))), "Net", 1))
        .hasMessageContaining("defines functions of its own");
  }

  @Test
  void fields_of_the_graph() {
    assertRefused(
        file().field(14, new Proto().text(1, "c")).bytes(),
        "the graph says how its tensors are quantised (quantization_annotation), and lipc reads"
            + " networks of real numbers; export the model before it is quantised");
    assertRefused(
        file().field(15, new Proto()).bytes(),
        "the graph has sparse initialisers; store them dense");
    assertRefused(
        file().field(17, new Proto()).bytes(),
        "the graph has field 17, which ONNX did not have up to version 13 of its format, so that"
            + " lipc cannot say what it changes");
  }

  private static OnnxFile node(Proto node) {
    return OnnxFile.floats(3, 3)
        .initialiser("c", List.of(3), 1, 2, 3)
        .field(1, node.text(1, "x").text(1, "c").text(2, "y").text(4, "Add"));
  }

  @Test
  void fields_of_a_node() {
    assertRefused(
        node(new Proto().text(8, "fast").text(3, "sum")).bytes(),
        "node `sum` calls the overload `fast` of Add, and lipc reads ONNX's own"
            + " operators, which have none; onnx.inliner.inline_local_functions(model) puts"
            + " its nodes into the graph");
    assertRefused(
        node(new Proto().message(10, new Proto())).bytes(),
        "a node says how it is split over devices (device_configurations), which lipc does not"
            + " read; save the model without");
    assertRefused(
        node(new Proto().text(2, "z")).bytes(),
        "node number 0, an Add, has 2 outputs, and the operator gives 1" + OnnxNode.INVALID);
  }

  @Test
  void outputs_that_are_not_read_have_names_of_their_own() throws OnnxException {
    Proto dropout = new Proto().text(1, "x").text(2, "h").text(4, "Dropout");
    OnnxFile file = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 1, 2, 3);
    assertRead(file.field(1, dropout.text(2, "mask")).node("Add", "h c", "y").bytes());
    OnnxFile shadowing = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 1, 2, 3);
    Proto other = new Proto().text(1, "x").text(2, "h").text(4, "Dropout").text(2, "c");
    assertRefused(
        shadowing.field(1, other).node("Add", "h c", "y").bytes(),
        "node number 0, a Dropout, gives `c`, which there is already" + OnnxNode.INVALID);
  }

  @Test
  void an_attribute_of_several_values() {
    Proto both = new Proto().text(1, "alpha").single(2, 0.5f).integer(3, 2).integer(20, 1);
    assertRefused(
        OnnxFile.floats(3, 3).node("LeakyRelu", "x", "y", both).bytes(),
        "node `node_y`, a LeakyRelu, has attribute `alpha` with values of 2 types"
            + OnnxNode.INVALID);
    Proto sparse = attribute("alpha", 0.5f).message(22, new Proto());
    assertRefused(
        OnnxFile.floats(3, 3).node("LeakyRelu", "x", "y", sparse).bytes(),
        "node `node_y`, a LeakyRelu, has attribute `alpha` with values of 2 types"
            + OnnxNode.INVALID);
  }

  @Test
  void axes_that_are_an_attribute_and_an_input() {
    for (String operator : List.of("Squeeze", "Unsqueeze")) {
      OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, 1, 1, 3).output("y", FLOAT, 1, 3);
      assertRefused(
          file.integers("i", 0).node(operator, "x i", "y", attribute("axes", List.of(1))).bytes(),
          "node `node_y`, a%s %s, has its axes twice, as an attribute and as an input"
                  .formatted(operator.startsWith("U") ? "n" : "", operator)
              + OnnxNode.INVALID);
    }
  }

  static Stream<Arguments> tensors() {
    Proto floats = OnnxFile.raw(FLOAT, List.of(3), 1, 2, 3);
    return Stream.of(
        Arguments.of(floats.packedDoubles(10, 1, 2, 3), "has its numbers twice, raw and as a list"),
        Arguments.of(
            OnnxFile.raw(FLOAT, List.of(3), 1, 2, 3).text(6, "one"),
            "has its numbers twice, raw and as a list"),
        Arguments.of(
            OnnxFile.tensor(FLOAT, List.of(3)).packedFloats(4, 1, 2, 3).packedDoubles(10, 3, 2, 1),
            "has numbers in a list of another type than its own"),
        Arguments.of(
            OnnxFile.tensor(DOUBLE, List.of(3)).packedFloats(4, 1, 2, 3),
            "has numbers in a list of another type than its own"));
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void numbers_that_stand_in_several_fields(Proto tensor, String clause) {
    assertRefused(
        OnnxFile.floats(3, 3).initialiser("w", tensor).node("Add", "x w", "y").bytes(),
        "initialiser `w` " + clause);
  }

  @Test
  void a_tensor_of_a_later_version() {
    Proto tensor = OnnxFile.raw(FLOAT, List.of(3), 1, 2, 3).integer(17, 1);
    assertRefused(
        OnnxFile.floats(3, 3).initialiser("w", tensor).node("Add", "x w", "y").bytes(),
        "an initialiser has field 17, which ONNX did not have up to version 13 of its format, so"
            + " that lipc cannot say what it changes");
  }

  static Stream<Arguments> statements() {
    Proto map = new Proto().text(1, "h").message(2, new Proto().message(5, new Proto()));
    return Stream.of(
        Arguments.of(
            value("h", FLOAT, 1, 4), "`h` is said to have the shape [1, 4], and has [1, 3]"),
        Arguments.of(
            value("h", FLOAT, ANY, 3, 1),
            "`h` is said to have the shape [any, 3, 1], and has [1, 3]"),
        Arguments.of(value("h", 12, ANY, 3), "`h` is said to be of uint32"),
        Arguments.of(value("h", INT64, ANY, 3), "`h` is said to be of int64"),
        Arguments.of(map, "`h` is said not to be a tensor"),
        Arguments.of(value("c", FLOAT, 4), "`c` is said to have the shape [4], and has [3]"),
        Arguments.of(value("c", INT64, 3), "`c` is said to be of int64"),
        Arguments.of(
            value("x", FLOAT, 1, 9), "`x` is said to have the shape [1, 9], and has [1, 3]"),
        Arguments.of(
            value("y", DOUBLE, 1, 9), "`y` is said to have the shape [1, 9], and has [1, 3]"));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void statements_about_values_that_the_nodes_contradict(Proto statement, String clause) {
    assertRefused(
        OnnxFile.floats(3, 3)
            .initialiser("c", List.of(3), 1, 2, 3)
            .field(13, statement)
            .node("Add", "x c", "h")
            .node("Relu", "h", "y")
            .bytes(),
        "the value "
            + clause
            + "; onnx.shape_inference.infer_shapes(model) says it anew once the file's own statement"
            + " (value_info, or the type of an input or output) is removed");
  }

  @Test
  void a_type_that_is_two_things_at_once() {
    Proto both = new Proto().message(1, new Proto().integer(1, FLOAT)).message(4, new Proto());
    assertRefused(
        file().field(13, new Proto().text(1, "y").message(2, both)).bytes(),
        "the type of `y` is a tensor and something else");
    Proto extent = new Proto().integer(1, 3).text(2, "n");
    Proto shape = new Proto().message(1, extent);
    Proto tensor = new Proto().integer(1, FLOAT).message(2, shape);
    assertRefused(
        file()
            .field(13, new Proto().text(1, "y").message(2, new Proto().message(1, tensor)))
            .bytes(),
        "the type of `y` has an extent with a number and a name");
  }

  @Test
  void what_is_for_people_is_passed_over() throws OnnxException {
    Proto denoted = new Proto().message(1, new Proto().integer(1, FLOAT)).text(6, "IMAGE");
    Proto described =
        new Proto().text(1, "y").message(2, denoted).text(3, "doc").message(4, pair());
    Proto node = new Proto().text(6, "doc").message(9, pair()).text(3, "n");
    byte[] file =
        node(node)
            .field(13, described)
            .field(16, pair())
            .initialiser(
                "unused", OnnxFile.tensor(FLOAT, List.of(3)).text(12, "doc").message(16, pair()))
            .with(
                new Proto()
                    .text(2, "producer")
                    .text(3, "version")
                    .text(4, "domain")
                    .integer(5, 3)
                    .text(6, "doc")
                    .message(14, pair())
                    .message(8, new Proto().text(1, "com.example").integer(2, 1)));
    assertRead(file);
  }

  @Test
  void an_initialiser_that_is_an_input_too_is_a_weight() throws OnnxException {
    OnnxFile file = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 1, 2, 3);
    assertRead(file.input("c", FLOAT, 3).node("Add", "x c", "y").bytes());
    OnnxFile other = OnnxFile.floats(3, 3).initialiser("c", List.of(3), 1, 2, 3);
    assertThatThrownBy(
            () ->
                OnnxModel.read(
                    other.input("c", FLOAT, 4).node("Add", "x c", "y").bytes(), "Net", 1))
        .hasMessageStartingWith("the value `c` is said to have the shape [4], and has [3]; ");
  }
}
