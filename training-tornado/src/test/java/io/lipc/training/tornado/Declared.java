package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.pass.ReverseMode;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;

/** Networks as the language declares them. */
final class Declared {

  private Declared() {}

  /**
   * A network, checked.
   *
   * @param shapes of input and output, such as {@code (x: real[2]) -> real[3]}
   * @param clauses beside that of its bound
   */
  static CheckedNetwork network(String shapes, String clauses, String steps) {
    String text =
        "network N%s {\n  certify lipschitz <= 4;\n  %s\n%s\n}\n".formatted(shapes, clauses, steps);
    var parsed = LipParser.parse(new SourceText("n.lip", text));
    assertThat(parsed.findings()).as(text).isEmpty();
    DeclarationChecker.Outcome outcome =
        DeclarationChecker.check(parsed.networks().getFirst().declaration(), Scope.empty());
    return outcome.network().orElseThrow(() -> new AssertionError(outcome.findings() + text));
  }

  /** The kernels of one and their adjoints. */
  static AdjointGraph graph(String shapes, String steps) {
    return ReverseMode.of(Lowering.lower(network(shapes, "weights \"n.safetensors\";", steps)));
  }
}
