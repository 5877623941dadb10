package io.lipc.dsl;

import io.lipc.model.diagnostic.Severity;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Comments {@code // lipc:allow id, id}: on the line of a warning or note, or alone on the line
 * before it, they keep it silent. Errors cannot be allowed.
 */
public final class Allowances {

  private static final Pattern COMMENT = Pattern.compile("//\\s*lipc:allow\\s+([a-z0-9, -]+)");

  private Allowances() {}

  /** Whether the text allows the warning or note at its place. */
  public static boolean allows(SourceText source, TextFinding finding) {
    if (finding.diagnostic().severity() == Severity.ERROR) {
      return false;
    }
    String id = finding.diagnostic().id().word();
    int line = finding.span().line();
    boolean before =
        line(source, line - 1)
            .filter(text -> text.strip().startsWith("//"))
            .filter(text -> names(text, id))
            .isPresent();
    return before || line(source, line).filter(text -> names(text, id)).isPresent();
  }

  private static Optional<String> line(SourceText source, int number) {
    return source.text().lines().skip(Math.max(0, number - 1)).findFirst().filter(_ -> number > 0);
  }

  private static boolean names(String line, String id) {
    Matcher comment = COMMENT.matcher(line);
    return comment.find() && Arrays.asList(comment.group(1).strip().split("[, ]+")).contains(id);
  }
}
