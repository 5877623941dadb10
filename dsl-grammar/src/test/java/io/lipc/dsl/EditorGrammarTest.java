package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.dsl.syntax.LipSyntaxLexer;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The grammar that editors colour texts by sees the same tokens as the compiler. */
final class EditorGrammarTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));

  /**
   * One pattern of a TextMate grammar.
   *
   * @param end of a pattern over lines; empty for one within a line
   */
  private record Rule(
      String name, Pattern start, Optional<Pattern> end, Map<Integer, String> captures) {

    static Rule of(JsonObject rule) {
      Map<Integer, String> captures = new TreeMap<>();
      if (rule.members().get("captures") instanceof JsonObject all) {
        all.members()
            .forEach((group, named) -> captures.put(Integer.valueOf(group), text(named, "name")));
      }
      boolean spans = rule.members().containsKey("begin");
      return new Rule(
          rule.members().containsKey("name") ? text(rule, "name") : "",
          Pattern.compile(text(rule, spans ? "begin" : "match")),
          spans ? Optional.of(Pattern.compile(text(rule, "end"))) : Optional.empty(),
          captures);
    }

    private static String text(JsonValue of, String member) {
      return ((JsonString) ((JsonObject) of).members().get(member)).value();
    }
  }

  private List<Rule> rules = List.of();

  @BeforeEach
  void readGrammar() throws Exception {
    String text = Files.readString(ROOT.resolve("editors/vscode/lip.tmLanguage.json"));
    JsonObject grammar = (JsonObject) Json.read(text);
    rules =
        ((JsonArray) grammar.members().get("patterns"))
            .elements().stream().map(rule -> Rule.of((JsonObject) rule)).toList();
  }

  /** The scope of each character, as an editor finds them: line by line, leftmost rule first. */
  private String[] scopes(String text) {
    String[] scopes = new String[text.length()];
    Arrays.fill(scopes, "");
    Optional<Rule> open = Optional.empty();
    int from = 0;
    for (String line : text.split("(?<=\n)", -1)) {
      open = colour(line, from, open, scopes);
      from += line.length();
    }
    return scopes;
  }

  private Optional<Rule> colour(String line, int offset, Optional<Rule> before, String[] scopes) {
    String content = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    Optional<Rule> open = before;
    int at = 0;
    while (at < content.length()) {
      if (open.isPresent()) {
        Matcher end = open.get().end().orElseThrow().matcher(content);
        int to = end.find(at) ? end.end() : content.length();
        Arrays.fill(scopes, offset + at, offset + to, open.get().name());
        open = to < content.length() || endsAt(end, to) ? Optional.empty() : open;
        at = to;
        continue;
      }
      Optional<Matcher> found = first(content, at);
      if (found.isEmpty()) {
        return open;
      }
      Matcher match = found.get();
      Rule rule = ruleOf(match);
      Arrays.fill(scopes, offset + match.start(), offset + match.end(), rule.name());
      rule.captures()
          .forEach(
              (group, name) ->
                  Arrays.fill(
                      scopes, offset + match.start(group), offset + match.end(group), name));
      open = rule.end().isPresent() ? Optional.of(rule) : Optional.empty();
      at = match.end();
    }
    return open;
  }

  private static boolean endsAt(Matcher end, int to) {
    return end.hasMatch() && end.end() == to;
  }

  private Optional<Matcher> first(String line, int at) {
    Optional<Matcher> best = Optional.empty();
    for (Rule rule : rules) {
      Matcher matcher = rule.start().matcher(line);
      if (matcher.find(at) && best.filter(one -> one.start() <= matcher.start()).isEmpty()) {
        best = Optional.of(matcher);
      }
    }
    return best;
  }

  private Rule ruleOf(Matcher match) {
    return rules.stream().filter(rule -> rule.start() == match.pattern()).findFirst().orElseThrow();
  }

  /** What the scope of a token begins with. */
  private static List<String> expected(Token token) {
    return switch (token.getType()) {
      case LipSyntaxLexer.COMMENT -> List.of("comment.block");
      case LipSyntaxLexer.LINE_COMMENT -> List.of("comment.line");
      case LipSyntaxLexer.STRING -> List.of("string.quoted");
      case LipSyntaxLexer.INTEGER, LipSyntaxLexer.DECIMAL -> List.of("constant.numeric");
      case LipSyntaxLexer.PIPE,
          LipSyntaxLexer.AT_MOST,
          LipSyntaxLexer.ARROW,
          LipSyntaxLexer.EQUALS,
          LipSyntaxLexer.PLUS,
          LipSyntaxLexer.MINUS ->
          List.of("keyword.operator");
      case LipSyntaxLexer.WORD ->
          List.of("variable", "support.function", "entity.name", "constant.language");
      // Only these two are reserved wherever they stand; others are names of packages too.
      case LipSyntaxLexer.NETWORK -> List.of("storage.type", "entity.name.namespace");
      case LipSyntaxLexer.RETURN -> List.of("keyword.control");
      case LipSyntaxLexer.REAL -> List.of("storage.type", "entity.name");
      default ->
          Character.isLetter(token.getText().charAt(0))
              ? List.of("keyword.other", "entity.name", "support.function")
              : List.of("punctuation", "entity.name.namespace");
    };
  }

  private int check(String text) {
    String[] scopes = scopes(text);
    int count = 0;
    for (Token token : new LipSyntaxLexer(CharStreams.fromString(text)).getAllTokens()) {
      List<String> expected = expected(token);
      for (int at = token.getStartIndex(); at <= token.getStopIndex(); at++) {
        String scope = scopes[at];
        if (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          assertThat(expected)
              .as("`%s` of\n%s\nis %s", token.getText(), text, scope)
              .anyMatch(scope::startsWith);
        }
      }
      count++;
    }
    return count;
  }

  @Test
  void every_token_of_every_text_has_its_scope() throws Exception {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".lip")).toList()) {
        if (!file.toString().contains("target")
            && SourceText.decode("t", Files.readAllBytes(file)) instanceof SourceText.Accepted good
            && LipFormatter.format(good.source()) instanceof LipFormatter.Formatted) {
          texts.add(good.source().text());
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(30);
    assertThat(texts.stream().mapToInt(this::check).sum()).isGreaterThan(2000);
  }

  /** Each word and sign of the grammar alone, so that none is missed because no text has it. */
  @Test
  void every_word_of_the_grammar_has_its_scope() {
    int literals = 0;
    for (int type = 1; type <= LipSyntaxLexer.VOCABULARY.getMaxTokenType(); type++) {
      String literal = LipSyntaxLexer.VOCABULARY.getLiteralName(type);
      if (literal != null) {
        assertThat(check(literal.substring(1, literal.length() - 1))).isEqualTo(1);
        literals++;
      }
    }
    assertThat(literals).isGreaterThan(25);
  }

  @Test
  void what_is_hard_to_tell_apart() {
    check("/* a */ x = 1.5e-3; /** doc\n * of two lines, \"no string\" // no comment\n */ y = 2;");
    check("weights \"a \\\" // b \\\\\"; // \"c\"\nreturn x;");
    check("/**/ x = y |> leaky_relu(0.1) |> a.b.C; z = networks + returned;");
    check("y = concat(a, b) |> dense(3, bias = false);");
    assertThat(scopes("\"open")[0]).startsWith("invalid.illegal");
  }
}
