package io.lipc.certificate.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words and constants: what is a function of the format, and what is not. */
final class ActivationFunctionTest {

  private static void assertNone(String word, Double... constants) {
    List<Double> listed = List.of(constants);
    assertThatIllegalArgumentException()
        .as("%s of %s", word, listed)
        .isThrownBy(() -> ActivationFunction.of(word, listed));
  }

  private static List<ActivationFunction> every() {
    Random random = new Random(3);
    List<ActivationFunction> functions = new ArrayList<>();
    for (ElementKind kind : ElementKind.values()) {
      functions.add(RandomActivations.ofElements(kind, random));
    }
    for (GroupKind kind : GroupKind.values()) {
      functions.add(RandomActivations.ofGroups(kind, 6, random));
    }
    return functions;
  }

  @Test
  void eachIsReadFromItsWordAndConstants() {
    for (ActivationFunction function : every()) {
      assertThat(ActivationFunction.of(function.word(), function.constants())).isEqualTo(function);
      assertThat(function.word()).matches("[a-z0-9_]+");
    }
  }

  @Test
  void noneHasAnotherNumberOfConstants() {
    for (ActivationFunction function : every()) {
      for (int count = 0; count <= 3; count++) {
        if (count != function.constants().size()) {
          assertNone(
              function.word(),
              new ArrayList<>(List.of(2.0, 2.0, 2.0)).subList(0, count).toArray(Double[]::new));
        }
      }
    }
  }

  @Test
  void noConstantIsInfiniteOrNan() {
    for (double constant : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      for (String word : List.of("leaky_relu", "elu", "celu", "group_sort", "softmax")) {
        assertNone(word, constant);
      }
      assertNone("householder", 1.0, constant);
      assertNone("householder", constant, 1.0);
      assertNone("layer_norm", 1.0, constant);
      assertNone("l2_normalize", constant);
      assertNone("layer_norm", constant, 0.0);
    }
  }

  @Test
  void constantsOutsideOfTheirDomains() {
    for (double size : new double[] {1, 0, -3, 2.5, 1.5, 1e10, 0x1p31}) {
      assertNone("group_sort", size);
      if (size != 0) {
        assertNone("layer_norm", 1.0, size);
      }
    }
    assertThat(ActivationFunction.of("layer_norm", List.of(5e-324, 0.0)).constants()).hasSize(2);
    for (double constant : new double[] {0, -0.0, -1, -0x1p-1074}) {
      assertNone("softmax", constant);
      assertNone("layer_norm", constant, 0.0);
      assertNone("layer_norm", constant, 2.0);
      assertNone("l2_normalize", constant);
      assertNone("layer_norm", 0.5);
      assertNone("celu", constant);
    }
    // The steepest slope has to be a double.
    assertNone("softmax", 0x1p-1025 / (1 + 0x1p-52));
    assertNone("l2_normalize", 0x1p-1024);
    assertThat(ActivationFunction.of("softmax", List.of(0x1p-1024)).constants()).hasSize(1);
    assertThat(ActivationFunction.of("l2_normalize", List.of(0x1p-1023)).constants()).hasSize(1);
    assertNone("elu", -1.0);
    assertNone("elu", -0x1p-1074);
    assertThat(ActivationFunction.of("elu", List.of(0.0)).constants()).containsExactly(0.0);
  }

  @Test
  void whatIsLinearOrNoActivationHasNoKind() {
    for (String word :
        List.of(
            "identity",
            "center",
            "square",
            "heaviside",
            "exp",
            "hard_shrink",
            "threshold",
            "swap",
            "",
            "RELU",
            "relu ",
            "relu_x")) {
      assertNone(word);
      assertNone(word, 0.5);
      assertNone(word, 0.6, 0.8);
    }
  }
}
