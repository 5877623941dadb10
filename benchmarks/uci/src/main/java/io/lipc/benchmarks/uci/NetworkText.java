package io.lipc.benchmarks.uci;

import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;

/**
 * Networks as the language declares them, with relu, from l2 to l2 with bound 1. They run in F64: a
 * certified radius takes off what rounding may do, whose bound in F32 grows with depth until
 * nothing is left, and it is the constructions that are to be compared.
 */
final class NetworkText {

  private static final String WEIGHTS = "weights \"uci.safetensors\";";

  private final StringBuilder body = new StringBuilder();
  private final Shape shape;

  private NetworkText(Shape shape) {
    this.shape = shape;
  }

  /** {@code depth} hidden layers, and the one that gives the logits. */
  static CheckedNetwork chain(Shape shape, String construction) {
    NetworkText text = new NetworkText(shape);
    for (int k = 1; k <= shape.depth(); k++) {
      text.hidden("h" + k, k == 1 ? "x" : "h" + (k - 1));
    }
    text.line("y = h%d |> dense(%d);".formatted(shape.depth(), shape.classes()));
    return text.declared(shape.features(), "parameters " + construction + ";", "y");
  }

  /**
   * {@code depth} SLL blocks, and the layer that gives the logits.
   *
   * @param size what a block reads and gives
   */
  static CheckedNetwork sll(Shape shape, int size) {
    NetworkText text = new NetworkText(shape);
    for (int k = 1; k <= shape.depth(); k++) {
      String from = k == 1 ? "x" : "x" + (k - 1);
      text.hidden("h" + k, from);
      text.line("back%d = h%d |> dense(%d, bias = false);".formatted(k, k, size));
      text.line("x%d = %s + back%d;".formatted(k, from, k));
    }
    text.line("y = x%d |> dense(%d);".formatted(shape.depth(), shape.classes()));
    return text.declared(size, "parameters sll;", "y");
  }

  /**
   * Residual blocks of {@link ResidualBlocks#HIDDEN} hidden layers each. The language covers one
   * such block by a network; so several are declared as a network of given weights.
   */
  static CheckedNetwork residual(Shape shape) {
    NetworkText text = new NetworkText(shape);
    int blocks = ResidualBlocks.count(shape);
    for (int block = 1; block <= blocks; block++) {
      String from = block == 1 ? "x" : "x" + (block - 1);
      int outputs = ResidualBlocks.outputs(shape, block);
      text.line("skip%d = %s |> dense(%d);".formatted(block, from, outputs));
      String hidden = from;
      for (int k = 1; k <= ResidualBlocks.HIDDEN; k++) {
        text.hidden(ResidualBlocks.hidden(block, k), hidden);
        hidden = ResidualBlocks.hidden(block, k);
      }
      text.line("last%d = %s |> dense(%d, bias = false);".formatted(block, hidden, outputs));
      text.line("x%d = skip%d + last%d;".formatted(block, block, block));
    }
    return text.declared(shape.features(), "", "x" + blocks);
  }

  private void hidden(String name, String from) {
    line("%s = %s |> dense(%d) |> relu;".formatted(name, from, shape.width()));
  }

  private void line(String text) {
    body.append("    ").append(text).append('\n');
  }

  private CheckedNetwork declared(int inputs, String construction, String output) {
    String text =
        """
        network Uci(x: real[%d]) -> real[%d] {
            certify lipschitz <= 1.0;
            precision f64;
            %s
            %s
        %s    return %s;
        }
        """
            .formatted(inputs, shape.classes(), WEIGHTS, construction, body, output);
    var parsed = LipParser.parse(new SourceText("uci.lip", text));
    if (!parsed.findings().isEmpty()) {
      throw new IllegalStateException(parsed.findings() + " in\n" + text);
    }
    DeclarationChecker.Outcome outcome =
        DeclarationChecker.check(parsed.networks().getFirst().declaration(), Scope.empty());
    return outcome
        .network()
        .orElseThrow(() -> new IllegalStateException(outcome.findings() + " in\n" + text));
  }
}
