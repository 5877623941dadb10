package io.lipc.queries;

import static io.lipc.queries.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts with random changes are read, or refused: no other exception leaves the reader. */
final class MutantsTest {

  private static final List<String> TEXTS =
      List.of(
          Texts.TYPED
              + "(assert (<= X[0] -0.5)) ; comment\n(assert (or (and (> (* 2e1 Y[0,1]) 3)) (!= (- 1"
              + " X[1]) 0)))",
          Texts.FLAT + "(assert (or (and (<= X_0 0.25) (>= X_1 -1)) (== (+ Y_0 Y_1) 3)))",
          """
          (vnnlib-version <2.1>)
          (declare-network f (declare-input A float32 [1]) (declare-hidden H float32 [2] "h")
            (declare-output B float32 []))
          (declare-network g (equal-to f) (declare-input C float32 [1]) (declare-output D float32 []))
          (assert (< (- A[0] C[0]) 0.1))
          """);

  private static final List<String> PARTS =
      List.of(
          "(",
          ")",
          "[",
          "]",
          ",",
          "\"",
          ";",
          "\n",
          "\r",
          "-",
          "0",
          "1",
          "9",
          ".",
          "e",
          "X",
          "<=",
          "=",
          "(and ",
          "(or ",
          "(+ ",
          "(* ",
          "(assert ",
          "real",
          "\\",
          "\u0000",
          "\uD800",
          "é");

  @Test
  void everyMutantIsReadOrRefused() throws Exception {
    Random random = new Random(19);
    int read = 0;
    for (int i = 0; i < 30_000; i++) {
      String text = mutant(TEXTS.get(i % TEXTS.size()), random);
      try {
        Query query = read(text);
        assertThat(read(query.text())).isEqualTo(query);
        read++;
      } catch (QueryException refusal) {
        assertThat(refusal.line()).as(text).isPositive();
        assertThat(refusal.getMessage()).as(text).startsWith("line ").contains("; expected: ");
      }
    }
    assertThat(read).isBetween(500, 20_000);
  }

  private static String mutant(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(mutant.length());
      int end = Math.min(mutant.length(), at + random.nextInt(1, 4));
      String part = PARTS.get(random.nextInt(PARTS.size()));
      switch (random.nextInt(4)) {
        case 0 -> mutant.delete(at, end);
        case 1 -> mutant.insert(at, part);
        case 2 -> mutant.replace(at, end, part);
        default -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, end));
      }
    }
    return mutant.toString();
  }
}
