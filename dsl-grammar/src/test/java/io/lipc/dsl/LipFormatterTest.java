package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.dsl.syntax.LipSyntaxLexer;
import io.lipc.model.Declaration;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;

/** The layout is reached in one step, and changes nothing but blanks and line ends. */
final class LipFormatterTest {

  private static final List<String> BLANKS = List.of("", "", " ", "  ", "\n", "\n\n", "\t", "\r\n");

  private static final List<String> COMMENTS =
      List.of(
          "// said\n",
          " // said  \n",
          "\n// alone\n",
          "//\r\n",
          "/* in */",
          "\n/* alone */\n",
          "/* two\nlines */",
          "\n  /* two\n   * starred\n   */\n",
          "/** doc */",
          "\n/**\n * doc\n *\n * more\n */\n",
          "\n\n/* a */ /* b */ // c\n",
          "/**/");

  private static String format(String text) {
    LipFormatter.Result result = LipFormatter.format(new SourceText("t.lip", text));
    assertThat(result).as(text).isInstanceOf(LipFormatter.Formatted.class);
    return ((LipFormatter.Formatted) result).text();
  }

  private static List<Declaration> declarations(String text) {
    return LipParser.parse(new SourceText("t.lip", text)).networks().stream()
        .map(ParsedNetwork::declaration)
        .toList();
  }

  /** Every token and the words of every comment, in order. */
  private static List<String> content(String text) {
    return new LipSyntaxLexer(CharStreams.fromString(text))
        .getAllTokens().stream()
            .map(token -> token.getText().replaceAll("\\s+", " ").strip())
            .toList();
  }

  private static String check(String text) {
    String formatted = format(text);
    assertThat(format(formatted)).as(text).isEqualTo(formatted);
    assertThat(content(formatted)).as(text).isEqualTo(content(text));
    assertThat(declarations(formatted)).as(text).isEqualTo(declarations(text));
    String lines = formatted.replace("\r\n", "\n");
    assertThat(lines).doesNotContain(" \n", "\t\n", "\r", "\n\n\n");
    assertThat(formatted).isIn(lines, lines.replace("\n", "\r\n"));
    return formatted;
  }

  /** The texts of this repository that parse; those under {@code bad} may hold other faults. */
  private static List<String> samples() throws IOException {
    List<String> samples = new ArrayList<>();
    Files.walkFileTree(
        Path.of(System.getProperty("lipc.root")),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.endsWith("target") || folder.endsWith(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".lip")
                && SourceText.decode("t", Files.readAllBytes(file))
                    instanceof SourceText.Accepted accepted
                && LipFormatter.format(accepted.source()) instanceof LipFormatter.Formatted) {
              samples.add(accepted.source().text());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return samples;
  }

  @Test
  void line_ends_stay_what_the_first_one_was() throws IOException {
    for (String sample : samples()) {
      String formatted = format(sample.replace("\r\n", "\n"));
      assertThat(check(formatted.replace("\n", "\r\n"))).isEqualTo(formatted.replace("\n", "\r\n"));
    }
    String text = "network N(x: real[1]) -> real[1] {%sreturn x;%s}";
    assertThat(check(text.formatted("\r\n", "\n"))).contains("{\r\n").endsWith("}\r\n");
    assertThat(check(text.formatted("\n", "\r\n"))).doesNotContain("\r");
  }

  @Test
  void the_texts_of_the_repository_keep_their_meaning() throws IOException {
    List<String> samples = samples();
    assertThat(samples).hasSizeGreaterThan(30);
    samples.forEach(LipFormatterTest::check);
  }

  @Test
  void other_blanks_and_comments_are_laid_out_in_one_step() throws IOException {
    int count = Integer.getInteger("lipc.fuzz.layouts", 2000);
    List<String> samples = samples();
    Random random = new Random(20_260_105);
    for (int i = 0; i < count; i++) {
      check(respaced(samples.get(i % samples.size()), random));
    }
  }

  @Test
  void blanks_alone_make_no_difference_beyond_empty_lines() throws IOException {
    Random random = new Random(20_260_106);
    for (String sample : samples()) {
      String dense = String.join(" ", tokens(sample).stream().map(Token::getText).toList());
      String spaced = dense.replace(" ", random.nextBoolean() ? "  " : "\n");
      if (!dense.contains("//") && !dense.contains("/*")) {
        assertThat(check(spaced)).isEqualTo(check(dense));
      }
    }
  }

  private static List<? extends Token> tokens(String text) {
    return new LipSyntaxLexer(CharStreams.fromString(text)).getAllTokens();
  }

  /** The same tokens with other blanks between them, and further comments. */
  private static String respaced(String text, Random random) {
    StringBuilder mutant = new StringBuilder();
    int commentsIn = 2 + random.nextInt(60);
    Token before = null;
    for (Token token : tokens(text)) {
      String blank = pick(BLANKS, random);
      if (random.nextInt(commentsIn) == 0) {
        blank += pick(COMMENTS, random) + pick(BLANKS, random);
      }
      if (before != null && before.getType() == LipSyntaxLexer.LINE_COMMENT) {
        mutant.append('\n');
      } else if (blank.isEmpty() && before != null && meet(before, token)) {
        mutant.append(' ');
      }
      mutant.append(blank).append(token.getText());
      before = token;
    }
    return mutant.append(pick(COMMENTS, random)).toString();
  }

  private static String pick(List<String> pieces, Random random) {
    return pieces.get(random.nextInt(pieces.size()));
  }

  /** Whether two neighbours would be read as something else without a blank between them. */
  private static boolean meet(Token left, Token right) {
    List<? extends Token> joined = tokens(left.getText() + right.getText());
    return joined.size() != 2 || !joined.getFirst().getText().equals(left.getText());
  }

  @Test
  void statements_stand_in_lines_of_their_own() {
    assertThat(
            check(
                """
                package demo . control;network Policy(state:real[12]in[-1,+1],u : real [ 2 ])->real[4]{
                certify lipschitz<=2.0 ; h1=state|>dense( 64,bias=false )|>leaky_relu( - 0.1);


                action=( h1+u )|>dense(4);return action;}network B(x:real[1])->real[1]{return x;}
                """))
        .isEqualTo(
            """
            package demo.control;

            network Policy(state: real[12] in [-1, +1], u: real[2]) -> real[4] {
                certify lipschitz <= 2.0;
                h1 = state |> dense(64, bias = false) |> leaky_relu(-0.1);

                action = (h1 + u) |> dense(4);
                return action;
            }

            network B(x: real[1]) -> real[1] {
                return x;
            }
            """);
  }

  @Test
  void long_pipelines_are_broken_before_their_operators() {
    String layers = " |> a.b.SomeNetworkOfAnotherPackage".repeat(3);
    assertThat(check("network N(x: real[1]) -> real[1] { y = x" + layers + "; return y; }"))
        .contains(
            """
                y = x
                    |> a.b.SomeNetworkOfAnotherPackage
                    |> a.b.SomeNetworkOfAnotherPackage
                    |> a.b.SomeNetworkOfAnotherPackage;
                return y;
            """);
  }

  @Test
  void long_arguments_stand_one_a_line() {
    String name = "an_operand_with_a_name_that_is_long";
    String text =
        "network N(x: real[1]) -> real[1] { y = concat(%1$s, (%1$s + %1$s + b) |> relu, c); return y; }"
            .formatted(name);
    assertThat(check(text))
        .contains(
            """
                y = concat(
                    an_operand_with_a_name_that_is_long,
                    (an_operand_with_a_name_that_is_long + an_operand_with_a_name_that_is_long + b) |> relu,
                    c
                );
            """);
  }

  @Test
  void comments_keep_their_place() {
    assertThat(
            check(
                """
                // A licence.

                /** A policy. */ network N(x: real[1]) -> real[1] { // opens
                    // First.
                      certify lipschitz <= 1;   // one
                    weights "w";// two
                    y = x // the input
                      // then
                      |> dense(1) /* bare */ |> relu;

                    /* Last. */ return y;
                // Ends.
                } // closed
                // End.
                """))
        .isEqualTo(
            """
            // A licence.

            /** A policy. */
            network N(x: real[1]) -> real[1] { // opens
                // First.
                certify lipschitz <= 1; // one
                weights "w";            // two
                y = x                   // the input
                    // then
                    |> dense(1) /* bare */
                    |> relu;

                /* Last. */ return y;
                // Ends.
            } // closed

            // End.
            """);
  }

  @Test
  void what_does_not_parse_is_refused_with_the_findings_of_the_parser() {
    SourceText source = new SourceText("t.lip", "network N(x: real[1]) -> real[1] { y = x |> ; }");
    LipFormatter.Result result = LipFormatter.format(source);
    assertThat(((LipFormatter.Refused) result).findings())
        .isNotEmpty()
        .isEqualTo(LipParser.parse(source).findings().subList(0, 1));
  }

  @Test
  void large_texts_take_linear_time() {
    String sum = "x" + " + x".repeat(20_000);
    String nested = "(".repeat(200) + "x + y" + ")".repeat(200);
    String path = "a" + ".a".repeat(20_000);
    long start = System.nanoTime();
    check(
        "network N(x: real[1]) -> real[1] { a = %s; b = %s; return x |> %s; }"
            .formatted(sum, nested, path));
    assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(10_000_000_000L);
  }

  @Test
  void an_empty_text_stays_empty() {
    assertThat(check("")).isEmpty();
    assertThat(check("\n \n")).isEmpty();
  }
}
