package io.lipc.tools;

import io.lipc.compiler.Reported;
import io.lipc.dsl.TextFinding;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.Severity;
import java.util.Optional;

/**
 * Something that is said of a network.
 *
 * @param text ready to print
 * @param reported the same for programs; absent where it follows from what was said of another
 */
record Message(String text, Optional<Reported> reported) {

  static Message of(Model.Text text, Optional<String> network, TextFinding finding) {
    Reported.Location location =
        new Reported.Location(
            text.file().toString().replace('\\', '/'),
            finding.span().line(),
            finding.span().column());
    return new Message(
        TextRenderer.render(text.source(), finding),
        Optional.of(new Reported(finding.diagnostic(), network, Optional.of(location))));
  }

  static Message ofRefusedCallee(String network) {
    return new Message(network + " calls a network that is refused", Optional.empty());
  }

  /** Whether it refuses the network; a warning does not. */
  boolean isFault() {
    return reported.filter(said -> said.diagnostic().severity() == Severity.WARNING).isEmpty();
  }
}
