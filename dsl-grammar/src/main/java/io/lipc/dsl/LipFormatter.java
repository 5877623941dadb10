package io.lipc.dsl;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * The one layout of a text. It only moves blanks and line ends between tokens, so it cannot change
 * what the text declares; and it lays out its own result as it is.
 */
public final class LipFormatter {

  private LipFormatter() {}

  /** The result of formatting. */
  public sealed interface Result {}

  /**
   * The text in its layout; it ends with a line end unless it is empty. All line ends are as the
   * first one was: a repository that keeps those of Windows would see every line changed.
   */
  public record Formatted(String text) implements Result {}

  /** The text does not parse: where a statement ends is then a guess, and guesses lose text. */
  public record Refused(List<TextFinding> findings) implements Result {
    public Refused {
      findings = List.copyOf(findings);
    }
  }

  /** Lays out a text that parses; faults of what it declares do not matter here. */
  public static Result format(SourceText source) {
    Problems problems = new Problems();
    Optional<List<Token>> tokens = Lexing.tokensAndComments(source, problems);
    tokens.ifPresent(
        all -> LipParser.tree(new CommonTokenStream(new ListTokenSource(all)), problems));
    return tokens.isEmpty() || problems.count() > 0
        ? new Refused(problems.inOrder())
        : new Formatted(
            FileLayout.of(Atom.all(tokens.get())).replace("\n", lineEnd(source.text())));
  }

  private static String lineEnd(String text) {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }
}
