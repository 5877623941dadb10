package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.model.Layer;
import io.lipc.model.activation.GroupedKind;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer normalisation in one node and in parts, by ONNX Runtime's outputs and by its layers. */
final class LayerNormTest {

  private static final double EPSILON = (double) 1e-5f;

  private static List<Layer> layers(OnnxFile file) throws OnnxException {
    return OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers();
  }

  private static void assertReads(OnnxFile file, String words, double epsilon, double size)
      throws Exception {
    Agreement.check(file.bytes());
    List<Layer> layers = layers(file);
    assertThat(
            layers.stream()
                .skip(1)
                .map(
                    layer ->
                        switch (layer) {
                          case Layer.Activate activate -> activate.activation().kind().word();
                          case Layer.Linear(_, LinearMap map, _) -> map.word();
                          default -> layer.getClass().getSimpleName();
                        })
                .collect(Collectors.joining(" ")))
        .isEqualTo(words);
    assertThat(layers)
        .filteredOn(Layer.Activate.class::isInstance)
        .extracting(layer -> ((Layer.Activate) layer).activation())
        .containsExactly(GroupedKind.LAYER_NORM.with(List.of(epsilon, size)));
  }

  private static void assertRefused(OnnxFile file, String message) {
    assertThatThrownBy(() -> layers(file))
        .isInstanceOf(OnnxException.class)
        .message()
        .contains(message);
  }

  private static OnnxFile of(int... shape) {
    return OnnxFile.opset(17).input("x", FLOAT, shape).output("y", FLOAT, shape);
  }

  private static OnnxFile ones(OnnxFile file, int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return file.initialiser("w", List.of(size), ones);
  }

  @Test
  void of_a_whole_vector() throws Exception {
    assertReads(ones(of(1, 8), 8).node("LayerNormalization", "x w", "y"), "layer_norm", EPSILON, 0);
    assertReads(
        ones(of(1, 8), 8)
            .node(
                "LayerNormalization",
                "x w",
                "y",
                attribute("epsilon", 0.25f),
                attribute("axis", 1L)),
        "layer_norm",
        0.25,
        0);
  }

  @Test
  void with_scale_and_bias() throws Exception {
    OnnxFile file =
        of(1, 8)
            .initialiser("w", List.of(8), random(1, 8))
            .initialiser("b", List.of(8), random(2, 8));
    assertReads(file.node("LayerNormalization", "x w b", "y"), "layer_norm affine", EPSILON, 0);
  }

  @Test
  void along_the_last_axes() throws Exception {
    assertReads(
        of(1, 3, 4)
            .initialiser("w", List.of(4), random(1, 4))
            .initialiser("b", List.of(4), random(2, 4))
            .node("LayerNormalization", "x w b", "y"),
        "layer_norm affine",
        EPSILON,
        4);
    assertReads(
        of(1, 3, 2, 4)
            .initialiser("w", List.of(2, 4), random(1, 8))
            .node("LayerNormalization", "x w", "y", attribute("axis", -2L)),
        "layer_norm affine",
        EPSILON,
        8);
  }

  @Test
  void channels_last_between_transpositions() throws Exception {
    OnnxFile file =
        of(1, 4, 3, 2)
            .initialiser("w", List.of(4), random(1, 4))
            .node("Transpose", "x", "t", attribute("perm", List.of(0, 2, 3, 1)))
            .node("LayerNormalization", "t w", "n")
            .node("Transpose", "n", "y", attribute("perm", List.of(0, 3, 1, 2)));
    Agreement.check(file.bytes());
  }

  private static OnnxFile parts(OnnxFile file, float epsilon) {
    return file.initialiser("two", List.of(), 2).initialiser("eps", List.of(), epsilon);
  }

  /** As PyTorch wrote it before version 17, with and without scale and bias. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void in_parts(boolean affine) throws Exception {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, 1, 3, 4).output("y", FLOAT, 1, 3, 4);
    parts(file, 1e-5f).node("ReduceMean", "x", "m", attribute("axes", List.of(-1)));
    file.node("Sub", "x m", "d").node("Pow", "d two", "p");
    file.node("ReduceMean", "p", "v", attribute("axes", List.of(-1)));
    file.node("Add", "v eps", "e").node("Sqrt", "e", "s");
    if (affine) {
      file.initialiser("w", List.of(4), random(1, 4)).initialiser("b", List.of(4), random(2, 4));
      file.node("Div", "d s", "n").node("Mul", "n w", "k").node("Add", "k b", "y");
    } else {
      file.node("Div", "d s", "y");
    }
    assertReads(file, affine ? "layer_norm affine" : "layer_norm", EPSILON, 4);
  }

  @Test
  void in_parts_of_a_product_and_a_reciprocal() throws Exception {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, 1, 6).output("y", FLOAT, 1, 6);
    List<Integer> last = List.of(1);
    parts(file, 0.25f).node("ReduceMean", "x", "m", attribute("axes", last));
    file.node("Sub", "x m", "d").node("Sub", "x m", "c").node("Mul", "c c", "p");
    file.node("ReduceMean", "p", "v", attribute("axes", last));
    file.node("Add", "eps v", "e").node("Sqrt", "e", "s").node("Reciprocal", "s", "r");
    assertReads(file.node("Mul", "r d", "y"), "layer_norm", 0.25, 0);
  }

  @Test
  void with_a_residual_sum_around_it() throws Exception {
    OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, 1, 6).output("y", FLOAT, 1, 6);
    ones(file, 6).node("LayerNormalization", "x w", "n").node("Add", "x n", "y");
    assertReads(file, "layer_norm sum", EPSILON, 0);
  }

  @Test
  void no_epsilon_no_bound() {
    for (float epsilon : new float[] {0, -1e-5f}) {
      assertRefused(
          ones(of(1, 8), 8).node("LayerNormalization", "x w", "y", attribute("epsilon", epsilon)),
          "adds epsilon = " + (double) epsilon + " to the variance, and has no Lipschitz bound");
    }
    assertRefused(
        ones(of(1, 8, 1), 1).node("LayerNormalization", "x w", "y"),
        "normalises single elements of [1, 8, 1]");
  }

  private static OnnxFile chain(String exponent, int second, String end, String output) {
    OnnxFile file = OnnxFile.opset(13).input("x", FLOAT, 1, 3, 4).output("y", FLOAT, 1, 3, 4);
    parts(file, 1e-5f).initialiser("three", List.of(), 3);
    file.node("ReduceMean", "x", "m", attribute("axes", List.of(-1))).node("Sub", "x m", "d");
    file.node("Pow", "d " + exponent, "p");
    file.node("ReduceMean", "p", "v", attribute("axes", List.of(second)));
    file.node("Add", "v eps", "e").node("Sqrt", "e", "s");
    return file.node("Div", end, output);
  }

  /** What only looks like one. */
  @Test
  void other_parts_are_not_it() {
    assertRefused(
        chain("three", -1, "d s", "y"), "divides by a deviation that is no mean of squares");
    assertRefused(chain("two", 1, "d s", "y"), "not the same in all of its means");
    String parts = ", a normalisation by a deviation in parts, is not (x - mean) /";
    assertRefused(chain("two", -1, "x s", "y"), "node `node_p` to node `node_y`" + parts);
    assertRefused(
        chain("two", -1, "d s", "n").node("Add", "n v", "y"),
        "node `node_p` to node `node_n`" + parts);
  }
}
