package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * The hypotheses of {@code parameters sandwich}: a chain of dense layers with activations of slopes
 * within [0, 1] between them.
 */
final class SandwichCheck extends DenseCheck {

  private static final DenseDiagnostics WORDS =
      new DenseDiagnostics(
          "sandwich",
          "a sandwich chain",
          "a sandwich chain",
          "dense layers with activations between them",
          "a dense layer as the output",
          "use relu, tanh, or leaky_relu(s) with 0 <= s < 1");

  /**
   * The check of a network.
   *
   * @param declaration what {@code checked} was made from
   */
  SandwichCheck(Declaration declaration, CheckedNetwork checked) {
    super(declaration, checked, WORDS);
  }

  @Override
  boolean hasSums() {
    return false;
  }

  @Override
  void checkSums(List<Integer> sums) {
    throw new IllegalStateException("sums " + sums + " are foreign operations");
  }

  @Override
  Optional<Diagnostic> slopeFault(DenseBlock block, String word, String layer, SlopeBounds slopes) {
    return slopes.isMonotone()
        ? Optional.empty()
        : Optional.of(
            DenseDiagnostics.notMonotone(word, layer, slopes, "sandwich layers are")
                .help(
                    "or declare `parameters %s;`, whose chains take every finite [a, b]"
                        .formatted(Construction.LDLT.word())));
  }
}
