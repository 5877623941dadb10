package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.queries.Token.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the reader counts. A canonical text has the same number of characters by this count as the
 * text of its query, and takes no more terms: so no limit refuses it that allowed the query.
 */
final class AccountingTest {

  private static final String LONG_NAME = "e25" + "_x".repeat(20);

  private static final String DECLARED =
      """
      (vnnlib-version <2.0>)
      (declare-network e
        (declare-input %s float32 [1,20])
        (declare-output Y float32 [])
        (declare-output e25 float32 [])
      )
      """
          .formatted(LONG_NAME);

  private final Random random = new Random(11);

  /** The reader of all assertions of a text that declares one network. */
  private static FormulaReader reader(String text) throws IOException, QueryException {
    Tokens tokens = new Tokens(new StringReader(text), () -> {});
    for (Kind kind : List.of(Kind.OPEN, Kind.WORD, Kind.WORD, Kind.CLOSE, Kind.OPEN, Kind.WORD)) {
      tokens.take(kind);
    }
    Declarations scope = new Declarations(tokens);
    scope.network();
    FormulaReader reader = new FormulaReader(tokens, scope);
    while (tokens.skips(Kind.OPEN)) {
      tokens.take(Kind.WORD);
      reader.read();
      tokens.take(Kind.CLOSE);
    }
    return reader;
  }

  @ParameterizedTest
  @CsvSource({
    "(<= Y 1), 0",
    "(<= (* 3 Y) 1), 1",
    "(<= (* 3 4 Y 5) 1), 2",
    "(<= (+ 1 2 3 Y) (* 2 3)), 0",
    "(<= (+ Y e25) 1), 1",
    "(<= (* 3 (+ Y e25)) 1), 3",
    "(<= (+ (* 3 Y) (* 3 e25)) 1), 3",
    "(<= 1 (+ Y e25)), 3",
    "(<= Y e25), 2",
    "(<= (- Y) 1), 1",
    "(<= (- Y e25) 1), 2",
    "(<= (* 0 Y) 1), 1"
  })
  void termsOfVariablesAreCounted(String formula, int terms) throws Exception {
    assertThat(reader(DECLARED + "(assert " + formula + ")").terms()).isEqualTo(terms);
  }

  @Test
  void aCanonicalTextCostsNoMore() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      String text = DECLARED + "(assert " + formula(3) + ") (assert " + formula(2) + ")";
      Query query = read(text);
      String canonical = query.text();
      FormulaReader reader = reader(text);
      FormulaReader again = reader(canonical);
      assertThat(again.terms()).as(text).isLessThanOrEqualTo(reader.terms());
      assertThat(again.characters()).as(text).isEqualTo(reader.characters());
      assertThat(new CanonicalText(query).declarations().length() + reader.characters())
          .as(text)
          .isGreaterThanOrEqualTo(canonical.length());
    }
  }

  private String brackets(String operator, int operands, boolean formulas, int depth) {
    return IntStream.range(0, operands)
        .mapToObj(i -> formulas ? formula(depth) : expression(depth))
        .collect(Collectors.joining(" ", "(" + operator + " ", ")"));
  }

  private String formula(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return "("
          + one("<", "<=", ">", ">=", "==", "!=")
          + " (+ Y "
          + expression(3)
          + ") "
          + expression(3)
          + ")";
    }
    return brackets(one("and", "or"), 1 + random.nextInt(3), true, depth - 1);
  }

  private String expression(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return one("Y", "e25", LONG_NAME + "[0," + random.nextInt(20) + "]", number());
    }
    return random.nextInt(3) == 0
        ? "(* " + number() + ' ' + expression(depth - 1) + ' ' + number() + ')'
        : brackets(one("+", "-"), 1 + random.nextInt(4), false, depth - 1);
  }

  private String number() {
    String digits = String.valueOf(random.nextInt(4));
    return one(
        digits,
        '-' + digits,
        digits + "." + "0".repeat(random.nextInt(60)) + digits,
        (1 + random.nextInt(9)) + "0".repeat(random.nextInt(30)));
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
