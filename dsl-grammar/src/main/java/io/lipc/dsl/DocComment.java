package io.lipc.dsl;

import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Doc comments, as in Java: the last one before a declaration belongs to it. */
final class DocComment {

  private DocComment() {}

  /** The text of the doc comment before {@code start}; empty where there is none. */
  static String before(Token start, CommonTokenStream tokens) {
    List<Token> hidden = tokens.getHiddenTokensToLeft(start.getTokenIndex());
    if (hidden == null) {
      return "";
    }
    return hidden.reversed().stream()
        .map(Token::getText)
        .filter(text -> text.startsWith("/**") && text.length() > "/**/".length())
        .findFirst()
        .map(DocComment::clean)
        .orElse("");
  }

  private static String clean(String comment) {
    return comment
        .substring("/**".length(), comment.length() - "*/".length())
        .replaceFirst("\\*+$", "")
        .lines()
        .map(line -> line.strip().replaceFirst("^\\*+ ?", "").stripTrailing())
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
