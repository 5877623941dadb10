package io.lipc.tools.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code lipc prove} does not answer, with the word, the place and what helps. */
final class RefusedQueriesTest extends Proving {

  @BeforeEach
  void writeModel() throws IOException {
    writeBent();
  }

  private void assertRefused(String query, String message) throws IOException {
    write("q.vnnlib", query);
    assertThat(prove("net.lip", "q.vnnlib", "--certificate", "c.json", "--tree", "t.txt"))
        .as(out)
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(out).isEmpty();
    assertThat(err).isEqualTo("lipc: " + message.replace("FILE", path("q.vnnlib")) + "\n");
    assertThat(folder.resolve("c.json")).doesNotExist();
    assertThat(folder.resolve("t.txt")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(=> (> Y[0] 2) (< Y[1] 1))|[query-operator] FILE: line 4, column 10: `=>` is no operator"
            + " of formulas; expected: `>=`, or `or` for an implication",
        "(> (* Y[0] Y[1]) 2)|[query-nonlinear] FILE: line 4, column 13: two factors of this"
            + " product have variables, but the theory POLY is not supported; expected: at most"
            + " one factor with variables",
        "(> Z[0] 2)|[query-name] FILE: line 4, column 12: the variable `Z` is not declared;"
            + " expected: a declared variable",
        "(> Y[2] 2)|[query-shape] FILE: line 4, column 12: the index 2 of `Y` is outside its"
            + " shape; expected: an index below 2, as the shape is [2]",
        "(> Y[0] 1e400)|[query-number] FILE: line 4, column 17: a number is out of range;"
            + " expected: numbers of at most 1.8e308, the largest double",
        "(> 1 2)|[query-type] FILE: line 4, column 10: both sides of a comparison are constants,"
            + " which have no type; expected: a variable on one side"
      })
  void formulas(String formula, String message) throws IOException {
    assertRefused(HEAD + "(assert " + formula + ")\n", message);
  }

  /** Both numbers are doubles, and their quotient is none. */
  @Test
  void ends_beyond_doubles() throws IOException {
    assertRefused(
        HEAD.replace("(<= X[0] 1.0)", "(<= (* 1e-300 X[0]) 1e300)") + "(assert (> Y[0] 9))\n",
        "[query-number] FILE: X[0] has a bound beyond 1.8e308");
  }

  @Test
  void texts() throws IOException {
    assertRefused(
        "(vnnlib-version <3.0>)\n",
        "[query-version] FILE: line 1, column 17: the version `<3.0>` is not supported; expected:"
            + " `<1.0>`, `<2.0>` or `<2.1>`");
    assertRefused(
        "(assert (> Y_0 1))\n",
        "[query-name] FILE: line 1, column 12: the variable `Y_0` is not declared; expected: a"
            + " declared variable");
  }

  @Test
  void elements_of_other_numbers() throws IOException {
    String three =
        """
        (vnnlib-version <2.0>)
        (declare-network f (declare-input X real [1,3]) (declare-output Y real [2]))
        (assert (and (<= X[0,0] 1) (>= X[0,0] 0) (<= X[0,1] 1) (>= X[0,1] 0)))
        (assert (and (<= X[0,2] 1) (>= X[0,2] 0) (> Y[0] 2)))
        """;
    assertRefused(three, "[query-shape] FILE: X has 3 elements, and the input of Net has 2");
    assertRefused(
        HEAD.replace("Y real [2]", "Y real [5]") + "(assert (> Y[4] 2))",
        "[query-shape] FILE: Y has 5 elements, and the output of Net has 2");
  }

  @Test
  void inputs_without_bounds() throws IOException {
    assertRefused(
        HEAD.replace("(<= X[1] 1.0)", "(<= X[1] Y[0])"),
        "[query-unbounded] FILE: X[1] has no upper bound; expected: an assertion such as"
            + " `(<= X[1] 0.5)`, or one in each member of an `or`");
    assertRefused(
        HEAD.replace("(and (<= X[0] 1.0) (>= X[0] -1.0)", "(and (or (>= X[0] -1.0) (> Y[0] 1))"),
        "[query-unbounded] FILE: X[0] has no lower bound; expected: an assertion such as"
            + " `(>= X[0] 0.5)`, or one in each member of an `or`");
  }

  @Test
  void computed_numbers() throws IOException {
    assertRefused(
        HEAD.replace("real", "float64") + "(assert (> Y[0] 2))",
        "[query-type] FILE: it is about the network as computed in float64, which is not"
            + " supported; --real asks about real numbers, which proves less");
  }

  @Test
  void other_values_than_one_input_and_one_output() throws IOException {
    assertRefused(
        """
        (vnnlib-version <2.0>)
        (declare-network f (declare-input X real [2]) (declare-output Y real [2]))
        (declare-network g (declare-input V real [2]) (declare-output W real [2]))
        (assert (> Y[0] W[0]))
        """,
        "[query-network] FILE: it declares 2 networks; one is supported");
    assertRefused(
        HEAD.replace("(declare-output", "(declare-hidden H real [2] \"h\") (declare-output"),
        "[query-name] FILE: it declares a hidden node; inputs and outputs are supported");
    assertRefused(
        HEAD.replace("(declare-output", "(declare-input V real [2]) (declare-output"),
        "[query-network] FILE: one input and one output of a network are supported");
  }

  @Test
  void boxes_beyond_the_declared_intervals() throws IOException {
    assertRefused(
        HEAD.replace("(<= X[0] 1.0)", "(<= X[0] 1.5)") + "(assert (> Y[0] 2))",
        "[query-box] FILE: X[0] is in [-1.0, 1.5], and Net declares [-1.0, 1.0]; assert `(<= X[0]"
            + " 1)`, or declare a wider interval");
    assertRefused(
        HEAD.replace("(>= X[1] -1.0)", "(>= X[1] -2.0)") + "(assert (> Y[0] 2))",
        "[query-box] FILE: X[1] is in [-2.0, 1.0], and Net declares [-1.0, 1.0]; assert `(>= X[1]"
            + " -1)`, or declare a wider interval");
  }

  /** A decimal of a query is exact, and that of a text is the nearest double. */
  @Test
  void ends_that_help_are_exact() throws IOException {
    write("net.lip", text("net.lip").replace("[-1, 1]", "[-1, 0.3]"));
    String box = "(assert (and (<= X[0] END) (>= X[0] -1) (<= X[1] 0) (>= X[1] -1)))\n";
    String query =
        """
        (vnnlib-version <2.0>)
        (declare-network f (declare-input X real [2]) (declare-output Y real [2]))
        (assert (> Y[0] 2))
        """
            + box;
    write("q.vnnlib", query.replace("END", "0.3"));
    assertThat(prove("net.lip", "q.vnnlib")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("X[0] is in [-1.0, 0.30000000000000004], and Net declares [-1.0, 0.3]");
    String end = "0.299999999999999988897769753748434595763683319091796875";
    assertThat(err).contains("assert `(<= X[0] " + end + ")`");
    write("q.vnnlib", query.replace("END", end));
    assertThat(prove("net.lip", "q.vnnlib")).as(err).isZero();
  }

  @Test
  void files_that_are_none() throws IOException {
    assertThat(prove("net.lip", "none.vnnlib")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).isEqualTo("lipc: there is no file " + path("none.vnnlib") + "\n");
    write("q.vnnlib", HEAD + "(assert (> Y[0] 2.5))");
    assertThat(prove("none.lip", "q.vnnlib")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).isEqualTo("lipc: there is no file " + path("none.lip") + "\n");
    assertThat(prove("q.vnnlib", "net.lip")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).startsWith("lipc: [query-syntax] " + path("net.lip") + ": line 1, column 1: ");
    Files.write(
        folder.resolve("q.vnnlib"),
        (HEAD + "; \u00e9\n(assert (> Y[0] 2.5))").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(prove("net.lip", "q.vnnlib")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).isEqualTo("lipc: [query-syntax] " + path("q.vnnlib") + ": it is not UTF-8\n");
  }

  @Test
  void free_parameters() throws IOException {
    write(
        "net.lip",
        """
        network Net(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 1;
          parameters ldlt;
          h = x |> dense(4) |> relu;
          y = h |> dense(2);
          return y;
        }
        """);
    assertRefused(
        HEAD + "(assert (> Y[0] 2.5))",
        "Net has free parameters: what a query asks depends on their values");
  }
}
