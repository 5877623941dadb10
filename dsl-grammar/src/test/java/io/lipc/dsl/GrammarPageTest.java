package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page about the grammar is what the grammar says: each rule with the sentence above it, less
 * what only ANTLR needs. {@code -DupdateGoldens=true} rewrites it and then fails.
 */
final class GrammarPageTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Path PAGE = ROOT.resolve("docs/grammar.md");
  private static final Path GRAMMAR =
      ROOT.resolve("dsl-grammar/src/main/antlr4/io/lipc/dsl/syntax/LipSyntax.g4");

  private static final Pattern RULE =
      Pattern.compile(
          "(?:/\\*\\* (?<doc>[^*]*) \\*/\\n)?^(?:fragment )?(?<name>\\w+)\\s+:(?<body>(?:'[^']*'|\\[[^\\]]*]|[^;'])*);",
          Pattern.MULTILINE);

  private static final String HEAD =
      """
      # The grammar

      This page is generated from `LipSyntax.g4`, the grammar that the compiler uses. Texts in quotes are written as
      they are; `?` is optional, `*` any number of times, `+` at least once, `|` either, `~` any other character.
      Blanks and comments may stand between any two tokens. [The language](language.md) says what it all means.
      """;

  @Test
  void the_page_says_what_the_grammar_says() throws IOException {
    String page = page(Files.readString(GRAMMAR));
    if (Boolean.getBoolean("updateGoldens")) {
      Files.writeString(PAGE, page);
      fail("rewritten, read it: " + PAGE.getFileName());
    }
    assertThat(PAGE).hasContent(page);
  }

  @Test
  void the_page_about_the_language_leads_to_it() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/language.md"))).contains("(grammar.md)");
  }

  private static String page(String grammar) {
    StringBuilder page = new StringBuilder(HEAD);
    Matcher rule = RULE.matcher(grammar);
    while (rule.find()) {
      String name = rule.group("name");
      String sentence = rule.group("doc");
      boolean isToken = Character.isUpperCase(name.charAt(0));
      if (sentence == null && !isToken) {
        fail("no sentence stands above the rule " + name);
      }
      if (sentence != null) {
        page.append("\n**")
            .append(name)
            .append("** -- ")
            .append(sentence.replaceAll("\\s+", " "))
            .append("\n\n```\n");
        page.append(shown(name, rule.group("body"))).append("\n```\n");
      }
    }
    return page.toString();
  }

  /** Without labels of parts and of alternatives, and without channels. */
  private static String shown(String name, String body) {
    String shown =
        body.replaceAll("#\\s*\\w+", "")
            .replaceAll("->\\s*channel\\(\\w+\\)", "")
            .replaceAll("\\b\\w+\\+?=(?=\\w)", "")
            .replaceAll("\\bEOF\\b", "end-of-file")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .reduce((above, below) -> above + (below.startsWith("|") ? "\n  " : " ") + below)
            .orElse("");
    return (name + " : " + shown).strip();
  }
}
