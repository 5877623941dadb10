package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.protobuf.OnnxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is not read says all reasons at once, and each cause once. */
final class ReasonsTest {

  private static final String FREE =
      "extents 2, 3 of input `x` may be any number, and a network has inputs of one size: only the"
          + " first extent, the batch, may be free; say which numbers by --shape x=1,1,N,N or"
          + " @CertifiedNetwork(shape = \"x=1,1,N,N\")";

  private static final String CONTROL =
      ", an If, runs other graphs; reading it is not planned; export the model by tracing, for one"
          + " input of fixed size, which leaves the nodes that are run";

  private static OnnxFile free() {
    return OnnxFile.opset(13).input("x", FLOAT, ANY, 1, ANY, ANY).output("y", FLOAT, ANY, ANY);
  }

  private static void assertRefused(OnnxFile file, String message) {
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  private static OnnxModel read(OnnxFile file, String... shapes) throws OnnxException {
    OnnxChoice choice = OnnxChoice.of(Optional.empty(), List.of(shapes));
    return OnnxModel.read(OnnxSource.of(file.bytes()).with(choice), "Net", 1);
  }

  /** Three rows of any number of columns each. */
  private static OnnxFile rows() {
    return OnnxFile.opset(13)
        .input("x", FLOAT, ANY, 3, ANY)
        .output("y", FLOAT, ANY, ANY)
        .node("Relu", "x", "h")
        .node("Flatten", "h", "y");
  }

  /** The file that the tests of other modules read, too. */
  @Test
  void the_example_is_this_one() throws Exception {
    Path shared = Path.of("src/test/resources/external/free.onnx").toAbsolutePath();
    if (Boolean.getBoolean("updateGoldens")) {
      Files.write(shared, rows().bytes());
    }
    assertThat(shared).hasBinaryContent(rows().bytes());
  }

  @Test
  void free_extents_and_what_is_not_read_behind_them() {
    OnnxFile file = free().node("Relu", "x", "h").node("If", "h", "i").node("Exp", "i", "y");
    assertRefused(
        file,
        "3 reasons:\n  1. "
            + FREE
            + "\n  2. node `node_i`"
            + CONTROL
            + "\n  3. node `node_y`, an Exp, has slopes without bound, so that no Lipschitz bound"
            + " exists; reading it is not planned; export the model up to it, or with an"
            + " activation in its place");
  }

  @Test
  void each_cause_once() {
    OnnxFile file =
        OnnxFile.floats(3, 3)
            .node("If", "x", "a")
            .node("If", "x", "b")
            .node("If", "a", "c")
            .node("Add", "a b", "d")
            .node("Sigmoid", "d", "y");
    assertRefused(file, "node `node_a` (and 2 more like it)" + CONTROL);
  }

  /** What reads a value that is not read is no reason, and a fault beside it is one. */
  @Test
  void faults_that_do_not_depend_on_each_other() {
    OnnxFile file =
        OnnxFile.floats(3, 3)
            .node("If", "x", "a")
            .node("Add", "a nowhere", "b")
            .node("Add", "x nowhere", "y");
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .message()
        .startsWith(
            "2 reasons:\n  1. node `node_a`" + CONTROL + "\n  2. node `node_y`, an Add, reads");
  }

  @Test
  void of_several_inputs_each() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", FLOAT, 1, ANY)
            .input("z", OnnxFile.INT64, 1, 3)
            .output("y", FLOAT, 1, 3)
            .node("Add", "x z", "y");
    assertRefused(
        file,
        "2 reasons:\n  1. "
            + "extent 1 of input `x` may be any number, and a network has inputs of one size: only"
            + " the first extent, the batch, may be free; say which numbers by --shape x=1,N or"
            + " @CertifiedNetwork(shape = \"x=1,N\")\n  2. input `z` is of int64; lipc reads"
            + " networks of float, double, float16 and bfloat16");
  }

  @Test
  void at_most_twelve() {
    OnnxFile file = OnnxFile.floats(3, 3);
    for (int i = 0; i < 40; i++) {
      file.node("Relu", "x nowhere" + i, "h" + i);
    }
    assertThatThrownBy(() -> OnnxModel.read(file.node("Relu", "x", "y").bytes(), "Net", 1))
        .message()
        .startsWith("more than 12 reasons:\n  1. node `node_h0`")
        .hasLineCount(13);
  }

  /** A name of the file cannot make a line of its own. */
  @Test
  void names_stay_on_their_line() {
    OnnxFile file =
        OnnxFile.floats(3, 3).node("If", "x", "a\n  3. all is well").node("Exp", "x", "y");
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .message()
        .hasLineCount(3)
        .contains("node `node_a\\u000a  3. all is well`");
  }

  @Test
  void layer_normalisation_in_parts_has_its_name() {
    String said =
        ", a normalisation by a deviation in parts, is not (x - mean) / Sqrt(ReduceMean((x -"
            + " mean)^2) + epsilon) with parts that nothing else reads; reading it is not planned;"
            + " train with LayerNormalization, or with BatchNormalization, which are read";
    OnnxFile file =
        OnnxFile.floats(3, 3).initialiser("two", List.of(), 2).initialiser("eps", List.of(), 1e-5);
    file.node("Neg", "x", "d").node("Pow", "d two", "p");
    file.node("ReduceMean", "p", "v").node("Add", "v eps", "e").node("Sqrt", "e", "s");
    assertRefused(file.node("Div", "d s", "y"), "node `node_p` to node `node_y`" + said);
    OnnxFile root =
        OnnxFile.floats(3, 3).initialiser("eps", List.of(), 1e-5).node("Mul", "x x", "p");
    root.node("ReduceMean", "p", "v").node("Add", "eps v", "e").node("Sqrt", "e", "s");
    root.node("Reciprocal", "s", "r");
    assertRefused(root.node("Mul", "r x", "y"), "node `node_p` to node `node_y`" + said);
  }

  @Test
  void a_shape_that_is_given_is_the_network_s() throws OnnxException {
    OnnxFile file = free().node("Flatten", "x", "y");
    var network = read(file, "x=1,1,4,5").checked().network();
    assertThat(network.layers().getFirst().shape().extents()).containsExactly(1, 4, 5);
    assertThat(network.layers().getLast().shape().size()).isEqualTo(20);
    assertThat(read(file, "x=1,1,2,2").checked().network().layers().getLast().shape().size())
        .isEqualTo(4);
  }

  /** Extents that the file states cannot be given away, and no shape is ignored. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=1,3,4,5 | input `x` has the shape [any, 1, any, any] in the file, and [1, 3, 4, 5] is"
            + " given",
        "x=1,1,4 | input `x` has the shape [any, 1, any, any] in the file, and [1, 1, 4] is given",
        "x=1,1,16777216,2 | input `x` has the shape [1, 1, 16777216, 2]",
        "x=1,1,N,N | the shape `x=1,1,N,N` is not of the form x=1,3,48,192, an input and its"
            + " extents: `N` is not a number from 1 to 16777216",
        "x=1,1,0,5 | the shape `x=1,1,0,5` is not of the form x=1,3,48,192, an input and its"
            + " extents: `0` is not a number from 1 to 16777216",
        "x=1,1,99999999,5 | the shape `x=1,1,99999999,5` is not of the form x=1,3,48,192, an input"
            + " and its extents: `99999999` is not a number from 1 to 16777216",
        "1,1,4,5 | the shape `1,1,4,5` is not of the form x=1,3,48,192, an input and its extents:"
            + " names no input",
        "x= | the shape `x=` is not of the form x=1,3,48,192, an input and its extents: `` is not a"
            + " number from 1 to 16777216",
      })
  void shapes_that_do_not_fit(String shape, String message) {
    assertThatThrownBy(() -> read(free().node("Flatten", "x", "y"), shape))
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  @Test
  void a_shape_of_no_input_or_given_twice() {
    OnnxFile file = OnnxFile.floats(3, 3).node("Relu", "x", "y");
    assertThatThrownBy(() -> read(file, "z=1,3"))
        .hasMessage("the graph has no input `z`, whose shape is given; it has `x`");
    assertThatThrownBy(() -> read(file, "x=1,3", "x=1,3"))
        .hasMessageEndingWith("is the second one of `x`");
  }

  /** Several rows at once are one input. */
  @Test
  void the_batch_is_1_unless_it_is_given() throws OnnxException {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, ANY, 3).output("y", FLOAT, ANY, 3);
    OnnxFile relu = file.node("Relu", "x", "y");
    assertThat(read(relu).checked().network().layers().getFirst().shape().size()).isEqualTo(3);
    OnnxChoice two = new OnnxChoice(Optional.empty(), Map.of("x", List.of(2, 3)));
    OnnxModel rows = OnnxModel.read(OnnxSource.of(relu.bytes()).with(two), "Net", 1);
    assertThat(rows.checked().network().layers().getFirst().shape().size()).isEqualTo(6);
  }
}
