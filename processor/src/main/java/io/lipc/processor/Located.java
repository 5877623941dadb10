package io.lipc.processor;

import io.lipc.dsl.SourceText;
import io.lipc.dsl.TextFinding;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * A message for javac.
 *
 * @param position where to point
 * @param diagnostic what to say
 * @param network the qualified name of the network that it is about; absent where that is the one
 *     of the interface around the position
 * @param text where it points within a text of the language
 */
record Located(
    Position position, Diagnostic diagnostic, Optional<String> network, Optional<InText> text) {

  /** A place in a text. */
  record InText(SourceText source, TextFinding finding, boolean inline) {}

  static Located of(Position position, Diagnostic diagnostic) {
    return new Located(position, diagnostic, Optional.empty(), Optional.empty());
  }

  /** The whole message; its first line stands alone. */
  String message() {
    return text.map(in -> TextRenderer.renderInJava(in.source(), in.finding()))
        .orElseGet(diagnostic::message);
  }
}
