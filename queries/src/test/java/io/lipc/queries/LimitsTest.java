package io.lipc.queries;

import static io.lipc.queries.Texts.formula;
import static io.lipc.queries.Texts.read;
import static io.lipc.queries.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lipc.queries.Formula.And;
import io.lipc.queries.Formula.Atom;
import io.lipc.queries.Formula.Or;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Large texts are read up to stated limits, without a deep stack. */
final class LimitsTest {

  /** Who reads may end it: a look is taken at each kilobyte. */
  @Test
  void readingMayBeEnded() {
    String text =
        "(declare-const X_0 Real)\n(declare-const Y_0 Real)\n"
            + "(assert (<= Y_0 1))\n".repeat(1000);
    AtomicInteger looks = new AtomicInteger();
    Runnable look =
        () -> {
          if (looks.incrementAndGet() == 5) {
            throw new IllegalStateException("enough");
          }
        };
    assertThatThrownBy(() -> QueryReader.read(new StringReader(text), look))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  private static final String ATOM = "(<= X[0] 1)";

  private static void assertTooLarge(QueryException refusal, String things, String most) {
    assertThat(refusal)
        .hasMessageEndingWith(
            "the query has too many %s; expected: at most %s %s", things, most, things);
    assertThat(refusal.fault()).isEqualTo(QueryFault.TOO_LARGE);
    assertThat(refusal.line()).isPositive();
  }

  private static String nested(int depth, String open, String inside) {
    return open.repeat(depth) + inside + ")".repeat(depth);
  }

  @Test
  void tenThousandBracketsMayBeOpen() throws Exception {
    assertThat(formula("(assert " + nested(9_998, "(and ", ATOM) + ")")).isInstanceOf(Atom.class);
    assertThat(formula("(assert (<= " + nested(9_998, "(- ", "X[0]") + " 1))"))
        .isInstanceOf(Atom.class);
    String nested = "(assert " + nested(10_000, "(or ", ATOM) + ")";
    assertTooLarge(refusal(Texts.TYPED + nested), "open brackets", "10,000");
  }

  @Test
  void sumsMayNestToTheRight() throws Exception {
    String sum = nested(5_000, "(+ X[0] ", "X[1]");
    assertThat(formula("(assert (<= " + sum + " 1))").toString())
        .contains("coefficient=5E+3, element=Element[tensor=0, index=0]");
  }

  @Test
  void connectivesChangeTwoHundredTimes() throws Exception {
    String level = "(or " + ATOM + " (and " + ATOM + " ";
    String text = Texts.TYPED + "(assert " + level.repeat(100) + ATOM + "))".repeat(100) + ")";
    Query query = read(text);
    assertThat(query.formula()).isInstanceOf(Or.class);
    assertThat(read(query.text())).isEqualTo(query).hasSameHashCodeAs(query);
    assertTooLarge(
        refusal(Texts.TYPED + "(assert " + level.repeat(101)),
        "changes between `and` and `or`",
        "200");
  }

  @Test
  void aDisjunctionHasManyMembers() throws Exception {
    String text =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "(and (>= X[0] " + i + ") (<= X[0] " + (i + 1) + ") (== X[1] 0))")
            .collect(Collectors.joining("\n", Texts.TYPED + "(assert (or ", "))"));
    Query query = read(text);
    assertThat(Box.of(query).sides().get(new Element(0, 0)))
        .hasToString("Interval[lower=0, upper=100000]");
    assertThat(read(query.text())).isEqualTo(query);
  }

  @Test
  void aMillionComparisons() {
    String text = Texts.TYPED + "(assert (or " + "(< X[0] 1)".repeat(1_000_001) + "))";
    assertTooLarge(refusal(text), "comparisons", "1,000,000");
  }

  @Test
  void termsOfExpressionsAreCounted() {
    String sum =
        IntStream.range(0, 5_000).mapToObj(i -> "X[" + i + "]").collect(Collectors.joining(" "));
    String text =
        Texts.TYPED.replace("[2]", "[5000]")
            + "(assert (<= "
            + nested(5_000, "(* 1 ", "(+ " + sum + ")")
            + " 1))";
    assertTooLarge(refusal(text), "terms in its expressions", "20,000,000");
  }

  /** 9,000 brackets around 400,000 atoms, which were copied at each bracket. */
  @Test
  void nestedConnectivesOfOneKindCostWhatTheySay() {
    String text =
        Texts.TYPED + "(assert " + nested(9_000, "(and ", (ATOM + ' ').repeat(400_000)) + ")";
    Query query = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(text));
    assertThat(((And) query.formula()).members()).hasSize(400_000);
  }

  /** 40,000 networks that are like one with 40,000 hidden tensors. */
  @Test
  void networksThatAreLikeALargeOneCostWhatTheySay() {
    StringBuilder text = new StringBuilder("(vnnlib-version <2.0>) (declare-network A");
    text.append("(declare-input I real [])");
    for (int i = 0; i < 40_000; i++) {
      text.append("(declare-hidden h" + i + " real [] \"n" + i + "\")");
    }
    text.append("(declare-output O real []))");
    for (int i = 0; i < 40_000; i++) {
      text.append("(declare-network B" + i + (i % 2 == 0 ? "(equal-to A)" : "(isomorphic-to A)"));
      text.append("(declare-input I" + i + " real []) (declare-output O" + i + " real []))");
    }
    text.append("(assert (<= I 1))");
    Query query = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(text.toString()));
    assertThat(query.networks()).hasSize(40_001);
  }

  /** A canonical text is never refused: also its size is limited, which numbers can make large. */
  @Test
  void charactersOfTheCanonicalTextAreCounted() {
    String sum =
        IntStream.range(0, 1_000).mapToObj(i -> "X[" + i + "]").collect(Collectors.joining(" "));
    String product = "(assert (<= (* 0." + "7".repeat(1_200) + "(+ " + sum + ")) 1))";
    String text = Texts.TYPED.replace("[2]", "[1000]") + product.repeat(250);
    assertTooLarge(refusal(text), "characters in its canonical text", "256,000,000");
  }

  @Test
  void sizesOfWordsAndTensors() {
    assertTooLarge(
        refusal(Texts.TYPED + "(assert (<= X[0] 0." + "1".repeat(1_999)),
        "characters in one word",
        "2,000");
    assertTooLarge(
        refusal(Texts.TYPED.replace("[2]", "[10000,10001]")),
        "elements in one tensor",
        "100,000,000");
    assertTooLarge(
        refusal(Texts.TYPED.replace("[2]", "[1" + ",1".repeat(32) + "]")),
        "dimensions in one tensor",
        "32");
  }

  /** A text that has no end is refused before memory is. */
  @Test
  void charactersAreCounted() {
    Reader endless =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, ' ');
            return length;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> QueryReader.read(endless))
        .hasMessage(
            "line 1, column 256000001: the query has too many characters; expected: at most"
                + " 256,000,000 characters");
  }

  @Test
  void aReaderThatFailsIsNoRefusal() {
    Reader failing =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("unplugged");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> QueryReader.read(failing))
        .isInstanceOf(IOException.class)
        .hasMessage("unplugged");
  }
}
