package io.lipc.tools.files;

import io.lipc.compiler.report.Reported;
import io.lipc.dsl.TextFinding;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.diagnostic.Severity;
import java.util.Optional;

/**
 * Something that is said of a network.
 *
 * @param text ready to print
 * @param reported the same for programs; absent where it follows from what was said of another
 */
public record Message(String text, Optional<Reported> reported) {

  /** A finding about a text, at its place. */
  public static Message of(Model.Text text, Optional<String> network, TextFinding finding) {
    Reported.Location location =
        new Reported.Location(
            text.file().toString().replace('\\', '/'),
            finding.span().line(),
            finding.span().column());
    return new Message(
        TextRenderer.render(text.source(), finding),
        Optional.of(new Reported(finding.diagnostic(), network, Optional.of(location))));
  }

  /** The message that a callee is refused, about which more was said before. */
  public static Message ofRefusedCallee(String network) {
    return new Message(network + " calls a network that is refused", Optional.empty());
  }

  /** Whether it refuses the network; warnings and notes do not. */
  public boolean isFault() {
    return reported.map(said -> said.diagnostic().severity() == Severity.ERROR).orElse(true);
  }
}
