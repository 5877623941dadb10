package io.lipc.tools.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries about {@code y = max(x, 0)} whose answers are seen by eye. Those of the last two groups
 * are what NNV got wrong: a strict {@code >} was an upper bound, a member of an {@code or} bounded
 * the others, and what stood before an {@code or} was dropped.
 */
final class MeaningOfQueriesTest extends Proving {

  private static final String RELU =
      """
      (vnnlib-version <2.0>)
      (declare-network f (declare-input X real [1]) (declare-output Y real [1]))
      """;

  private static final String BOX = "(assert (and (<= X[0] 1.0) (>= X[0] -1.0)))\n";

  @BeforeEach
  void writeModel() throws IOException {
    writeRelu();
  }

  private void assertAnswer(String query, String answer) throws IOException {
    write("q.vnnlib", query);
    int code = prove("relu.lip", "q.vnnlib", "--certificate", "c.json");
    assertThat(out).as(query).contains("\nanswer:      " + answer + ": ");
    assertThat(code).isEqualTo(answer.equals("unsat") ? ExitCode.PROVED : ExitCode.NOT_PROVED);
    if (code == ExitCode.PROVED) {
      assertThat(run("verify", path("c.json"), path("relu.lip"), path("q.vnnlib"))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(< Y[0] 0)",
        "(>= Y[0] 1.01)",
        "(== Y[0] 1.5)",
        "(and (<= X[0] 0) (> Y[0] 0))",
        "(and (< X[0] 0) (!= Y[0] 0))",
        "(and (>= X[0] 0.5) (or (< Y[0] 0.4) (> Y[0] 1.1)))",
        "(and (<= X[0] 0.5) (>= X[0] 0.6))"
      })
  void unsat(String formula) throws IOException {
    assertAnswer(RELU + BOX + "(assert " + formula + ")\n", "unsat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(<= Y[0] 0)",
        "(>= Y[0] 1)",
        "(== Y[0] 1)",
        "(!= Y[0] 1)",
        "(!= Y[0] X[0])",
        "(and (> X[0] 0.25) (< Y[0] 0.5))",
        "(or (< Y[0] -1) (> Y[0] 0.5))"
      })
  void sat(String formula) throws IOException {
    assertAnswer(RELU + BOX + "(assert " + formula + ")\n", "sat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(assert (> X[0] 0.25)) (assert (<= X[0] 1)) (assert (>= Y[0] 0.9))",
        "(assert (or (and (>= X[0] -1) (<= X[0] -0.5) (>= Y[0] 0.7))"
            + " (and (>= X[0] 0.5) (<= X[0] 1) (<= Y[0] 0.6))))",
        "(assert (>= Y[0] 0.6)) (assert (or (and (>= X[0] -1) (<= X[0] -0.5))"
            + " (and (>= X[0] 0.5) (<= X[0] 1))))"
      })
  void published_faults_that_hide_an_input(String assertions) throws IOException {
    assertAnswer(RELU + assertions + "\n", "sat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(assert (> X[0] 0.25)) (assert (<= X[0] 1)) (assert (<= Y[0] 0.2))",
        "(assert (or (and (>= X[0] -1) (<= X[0] -0.5) (>= Y[0] 0.4))"
            + " (and (>= X[0] 0.5) (<= X[0] 1) (<= Y[0] 0.4))))",
        "(assert (<= Y[0] 0.2)) (assert (or (and (>= X[0] 0.5) (<= X[0] 1) (<= Y[0] 2))"
            + " (and (>= X[0] -1) (<= X[0] -0.5) (>= Y[0] 0.1))))"
      })
  void published_faults_that_show_a_wrong_one(String assertions) throws IOException {
    assertAnswer(RELU + assertions + "\n", "unsat");
  }
}
