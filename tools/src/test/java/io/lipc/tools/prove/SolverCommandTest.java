package io.lipc.tools.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.onnx.OnnxSupport;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lipc vnnlib}: the command line of solvers, as VNN-LIB 2.0 has it. */
final class SolverCommandTest extends Proving {

  @BeforeEach
  void writeQueries() throws IOException {
    writeBent();
    write("unsat.vnnlib", HEAD + "(assert (> Y[0] 2.5))\n");
    write("sat.vnnlib", HEAD + "(assert (and (> Y[0] 2.0) (<= X[1] 0.5)))\n");
  }

  private int solve(List<String> command, String query, String... options) {
    List<String> words = new ArrayList<>(List.of("vnnlib"));
    words.addAll(command);
    words.add(path(query));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private int verify(String query, String... options) {
    return solve(List.of("verify"), query, options);
  }

  private String net() {
    return "f=" + path("net.lip");
  }

  @Test
  void unsat_is_one_line_and_has_a_certificate() {
    String certificate = path("c.json");
    assertThat(verify("unsat.vnnlib", "--network", net(), "--certificate", certificate)).isZero();
    assertThat(out).isEqualTo("unsat\n");
    assertThat(run("verify", certificate, path("net.lip"), path("unsat.vnnlib"))).isZero();
  }

  /** The numbers are those of the network: each output is {@link #bent} of its input. */
  @Test
  void sat_is_followed_by_all_values_in_the_order_of_declarations() {
    assertThat(verify("sat.vnnlib", "--network", net(), "--timeout", "120")).isZero();
    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(7).startsWith("sat", "X real [2]");
    assertThat(lines.get(4)).isEqualTo("Y real [2]");
    double x0 = Double.parseDouble(lines.get(2));
    double x1 = Double.parseDouble(lines.get(3));
    assertThat(x1).isBetween(-1.0, 0.5);
    assertThat(Double.parseDouble(lines.get(5)))
        .isCloseTo(bent(x0), within(1e-12))
        .isGreaterThan(2);
    assertThat(Double.parseDouble(lines.get(6))).isCloseTo(bent(x1), within(1e-12));
  }

  @Test
  void what_is_not_decided_is_unknown() {
    assertThat(verify("unsat.vnnlib", "--network", net(), "--parts", "1")).isZero();
    assertThat(out).isEqualTo("unknown\n");
  }

  /**
   * A mean of nine waves, each below 1.9983: nearly every part of the box has to be cut in all nine
   * directions.
   */
  private void writeWaves() throws IOException {
    write(
        "waves.lip",
        """
        network Waves(x: real[1, 3, 3] in [-9, 9]) -> real[1, 1, 1] {
          certify lipschitz <= 100;
          slow = x |> scale(9) |> sin;
          fast = x |> scale(9.5) |> sin;
          return (slow + fast) |> avg_pool(3);
        }
        """);
    StringBuilder box = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      String place = "X[0,%d,%d]".formatted(i / 3, i % 3);
      box.append("(assert (and (>= %s -9.0) (<= %s 9.0)))\n".formatted(place, place));
    }
    write(
        "waves.vnnlib",
        """
        (vnnlib-version <2.0>)
        (declare-network f (declare-input X real [1,3,3]) (declare-output Y real [1,1,1]))
        """
            + box
            + "(assert (> Y[0,0,0] 1.999))\n");
  }

  @Test
  void what_takes_too_long_is_timed_out() throws IOException {
    writeWaves();
    String[] options = {"--network", "f=" + path("waves.lip"), "--timeout", "1"};
    assertThat(verify("waves.vnnlib", options)).as(err).isZero();
    assertThat(out).isEqualTo("timed-out\n");
    assertThat(solve(List.of(), "waves.vnnlib", options)).isZero();
    assertThat(out).isEqualTo("timeout\n");
  }

  /** Vehicle gives no command, and reads {@code timeout} where nothing is known. */
  @Test
  void without_a_command_the_words_are_those_of_vehicle() {
    assertThat(solve(List.of(), "unsat.vnnlib", "--network", net())).isZero();
    assertThat(out).isEqualTo("unsat\n");
    assertThat(solve(List.of(), "unsat.vnnlib", "--network", net(), "--parts", "1")).isZero();
    assertThat(out).isEqualTo("timeout\n");
    assertThat(solve(List.of(), "sat.vnnlib", "--network", net())).isZero();
    assertThat(out).startsWith("sat\nX Real [2]\n");
  }

  @Test
  void queries_of_the_first_version_name_no_network() throws IOException {
    write(
        "first.vnnlib",
        """
        (declare-const X_0 Real)
        (declare-const X_1 Real)
        (declare-const Y_0 Real)
        (declare-const Y_1 Real)
        (assert (and (>= X_0 -1) (<= X_0 1) (>= X_1 -1) (<= X_1 1)))
        (assert (<= Y_0 -2.5))
        """);
    assertThat(verify("first.vnnlib", "--network", "any=" + path("net.lip"))).as(err).isZero();
    assertThat(out).isEqualTo("unsat\n");
  }

  private void assertRefused(String message, String query, String... options) {
    assertThat(verify(query, options)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(out).isEmpty();
    assertThat(err).contains(message);
  }

  @Test
  void models_are_those_of_the_networks_of_the_query() {
    assertRefused("[query-network]", "unsat.vnnlib");
    assertThat(err).contains("no model is given; add --network f=FILE");
    assertRefused(
        "--network g=x.onnx, but the query declares the network f",
        "unsat.vnnlib",
        "--network=g=x.onnx");
    assertRefused(
        "two models are given, and the query is about one network",
        "unsat.vnnlib",
        "--network=" + net(),
        "--network=" + net());
    assertRefused("--network f is not NAME=FILE", "unsat.vnnlib", "--network=f");
    assertRefused("--network f= is not NAME=FILE", "unsat.vnnlib", "--network=f=");
  }

  /** Only queries about real numbers can be answered, and the user has to say that. */
  @Test
  void queries_about_floats_are_refused() throws IOException {
    write("float.vnnlib", text("unsat.vnnlib").replace(" real ", " float32 "));
    assertRefused("[query-type]", "float.vnnlib", "--network", net());
  }

  @Test
  void options_that_would_be_ignored_are_refused() {
    assertRefused(
        "values of sat are printed, and not written to folder, as ",
        "sat.vnnlib",
        "--network=" + net(),
        "--serialise-assignments=folder");
    assertRefused(
        "--timeout 0: a run takes 1 second at least",
        "sat.vnnlib",
        "--network=" + net(),
        "--timeout=0");
    assertThat(run("vnnlib")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("Missing: `verify QUERY`, `supports CAPABILITY` or QUERY");
  }

  @Test
  void the_solver_has_a_name_and_a_version() {
    assertThat(run("vnnlib", "--name")).isZero();
    assertThat(out).isEqualTo("lipc\n");
    assertThat(run("vnnlib", "--version")).isZero();
    assertThat(out).doesNotContain("lipc").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--onnx-element-types, real",
    "--vnnlib-versions, '1.0\n2.1'",
    "--hidden-node-theories, NH",
    "--multiple-input-output-theories, SIO",
    "--multiple-inputs-output-theories, SIO",
    "--multiple-network-theories, SNET",
    "--multiple-node-comparison-theories, MNC",
    "--arithmetic-complexity-theories, LIN",
    "--optimised-disjunctive-reasoning, true",
    "--serialise-assignments, false"
  })
  void capabilities_are_told(String word, String answer) {
    for (String command : List.of("supports", "capabilities")) {
      assertThat(run("vnnlib", command, word)).isZero();
      assertThat(out).isEqualTo(answer + "\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_capability_is_told(Capability capability) {
    assertThat(run("vnnlib", "supports", capability.options().getFirst())).isZero();
    assertThat(out.lines()).isNotEmpty();
  }

  @Test
  void operators_are_those_of_the_reader() {
    assertThat(run("vnnlib", "supports", "--onnx-opset-versions")).isZero();
    assertThat(out).isEqualTo(OnnxSupport.FIRST_OPSET + "\n" + OnnxSupport.LAST_OPSET + "\n");
    assertThat(run("vnnlib", "supports", "--onnx-operators")).isZero();
    assertThat(out.lines())
        .contains("Conv", "Gemm", "MatMul", "Relu", "Flatten")
        .doesNotContain("Where", "Equal")
        .allMatch(line -> line.matches("[A-Za-z]+"))
        .isSorted();
  }

  @Test
  void another_capability_is_an_error() {
    assertThat(run("vnnlib", "supports", "--speed")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("Unknown option: '--speed'");
    assertThat(run("vnnlib", "supports")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("supports takes one capability, such as --onnx-operators");
    assertThat(run("vnnlib", "supports", "--onnx-operators", "--vnnlib-versions"))
        .isEqualTo(ExitCode.INPUT_ERROR);
  }
}
