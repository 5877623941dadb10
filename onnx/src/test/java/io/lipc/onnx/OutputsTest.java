package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.model.Layer;
import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.protobuf.OnnxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One of several outputs is chosen, and the others might as well not be there. */
final class OutputsTest {

  /** Scores, their squares, and the place of the largest. */
  private static OnnxFile classifier() {
    return OnnxFile.opset(13)
        .input("x", FLOAT, OnnxFile.ANY, 2)
        .initialiser("w", List.of(2, 3), 1, 2, 3, 4, 5, 6)
        .node("MatMul", "x w", "h")
        .node("Relu", "h", "scores")
        .node("Mul", "scores scores", "squares")
        .node("Tanh", "h", "bounded")
        .node("ArgMax", "scores", "best")
        .output("scores", FLOAT, OnnxFile.ANY, 3)
        .output("best", INT64, OnnxFile.ANY, 1)
        .output("bounded", FLOAT, OnnxFile.ANY, 3);
  }

  private static OnnxModel read(OnnxFile file, String output) throws OnnxException {
    return OnnxModel.read(
        OnnxSource.of(file.bytes()).with(new OnnxChoice(Optional.of(output), Map.of())), "Net", 1);
  }

  /** The file that the tests of other modules read, too. */
  @Test
  void the_example_is_this_one() throws Exception {
    Path shared = Path.of("src/test/resources/external/outputs.onnx").toAbsolutePath();
    if (Boolean.getBoolean("updateGoldens")) {
      Files.write(shared, classifier().bytes());
    }
    assertThat(shared).hasBinaryContent(classifier().bytes());
  }

  @Test
  void the_chosen_one_is_read_without_what_only_others_need() throws OnnxException {
    OnnxModel scores = read(classifier(), "scores");
    assertThat(scores.checked().network().layers()).hasSize(3);
    assertThat(Agreement.interpreter(scores).apply(new double[] {1, -1})).containsExactly(0, 0, 0);
    assertThat(Agreement.interpreter(scores).apply(new double[] {1, 1})).containsExactly(5, 7, 9);
    OnnxModel bounded = read(classifier(), "bounded");
    assertThat(bounded.checked().network().layers().getLast())
        .isInstanceOfSatisfying(
            Layer.Activate.class,
            layer -> assertThat(layer.activation().kind().word()).isEqualTo("tanh"));
    assertThatThrownBy(() -> read(classifier(), "best"))
        .isInstanceOf(OnnxException.class)
        .hasMessageStartingWith("node `node_best`, an ArgMax, jumps");
  }

  @Test
  void one_that_is_no_output_is_refused() {
    assertThatThrownBy(() -> read(classifier(), "h"))
        .isInstanceOf(OnnxException.class)
        .hasMessage("the graph has no output `h`; it has `scores`, `best`, `bounded`");
    OnnxFile one = OnnxFile.floats(2, 2).node("Relu", "x", "y");
    assertThatThrownBy(() -> read(one, "x"))
        .isInstanceOf(OnnxException.class)
        .hasMessage("the graph has no output `x`; it has `y`");
  }

  @Test
  void two_nodes_that_give_what_is_chosen_are_refused() {
    OnnxFile file = classifier().node("Abs", "h", "scores");
    assertThatThrownBy(() -> read(file, "scores"))
        .isInstanceOf(OnnxException.class)
        .hasMessage(
            "node `node_scores`, an Abs, gives `scores`, which there is already"
                + OnnxNode.INVALID);
    OnnxFile before = classifier().node("Abs", "x", "h");
    assertThatThrownBy(() -> read(before, "bounded"))
        .isInstanceOf(OnnxException.class)
        .hasMessage("node `node_h`, an Abs, gives `h`, which there is already" + OnnxNode.INVALID);
  }

  @Test
  void the_only_one_may_be_named() throws OnnxException {
    OnnxFile file = OnnxFile.floats(2, 2).node("Relu", "x", "y");
    assertThat(read(file, "y").checked().network().layers())
        .isEqualTo(OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers());
  }
}
