package io.lipc.dsl;

import io.lipc.model.diagnostic.Diagnostics;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** The values of string literals. */
final class Strings {

  private Strings() {}

  /** The text between the quotes; empty, with a finding, if an escape has no meaning. */
  static Optional<String> value(Token string, Problems problems) {
    String quoted = string.getText();
    StringBuilder value = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c == '\\') {
        i++;
        c = quoted.charAt(i);
        if (c != '"' && c != '\\') {
          problems.add(
              Spans.of(string),
              Diagnostics.syntax(
                  "escape `\\" + c + "` in a string", "`\\\"` or `\\\\`", Optional.empty()));
          return Optional.empty();
        }
      }
      value.append(c);
    }
    return Optional.of(value.toString());
  }
}
