package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code certify query "safe.vnnlib";} at the command line: found, written, checked, missed. */
final class QueryCertifyTest extends CommandRun {

  private static final String CLAIM =
      "no input satisfies the query of 5 comparisons, in real arithmetic";

  private static final String HEAD =
      """
      (vnnlib-version <2.0>)
      (declare-network f (declare-input X real [2]) (declare-output Y real [2]))
      (assert (and (>= X[0] -1.0) (<= X[0] 1.0) (>= X[1] -1.0) (<= X[1] 0.5)))
      """;

  /** Each output is {@code tanh(x) / 2}, which is below 0.3808. */
  private static final String SAFE = HEAD + "(assert (>= Y[0] 0.39))\n";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws Exception {
    model = write("net.lip", text("query \"safe.vnnlib\""));
    write("safe.vnnlib", SAFE);
  }

  private static String text(String clause) {
    return "network Net(x: real[2] in [-1, 1]) -> real[2] {\n"
        + "  certify lipschitz <= 2;\n  certify "
        + clause
        + ";\n  return x |> tanh |> scale(0.5);\n}\n";
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_proof_is_written_beside_the_bound_and_verified_with_it() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    assertThat(out)
        .contains("query:    " + CLAIM + "\n")
        .contains(path("c.query.json") + ", of its query\n");
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    assertThat(out).startsWith("accepted: Net is 0.5-Lipschitz ").contains("; " + CLAIM + "\n");
    assertThat(run("certify", model.toString(), "--out", path("c.json"), "--json")).isZero();
    assertThat(out)
        .contains("\"query\": \"(vnnlib-version <2.0>)")
        .contains("\"queryCertificate\": \"" + path("c.query.json") + "\"");
    assertThat(run("verify", path("c.query.json"), model.toString()))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("c.query.json is a certificate of ");
  }

  @Test
  void a_proof_that_is_not_there_is_missed() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    Files.delete(Path.of(path("c.query.json")));
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 0.5-Lipschitz ")
        .contains("the model asks for a certificate of ")
        .contains("there is no ");
  }

  /** The file counts as it is now: a proof of what it said before is of another query. */
  @Test
  void a_proof_is_of_the_query_in_the_file() throws Exception {
    assertThat(run("certify", model.toString(), "--out", path("c.json"))).isZero();
    write("safe.vnnlib", SAFE + "; a comment is no part of it\n");
    assertThat(run("verify", path("c.json"), model.toString())).isZero();
    write("safe.vnnlib", HEAD + "(assert (>= Y[0] 0.4))\n");
    assertThat(run("verify", path("c.json"), model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is 0.5-Lipschitz ")
        .contains("the model asks for a proof that no input satisfies a query, safe.vnnlib");
  }

  @Test
  void a_query_that_an_input_satisfies_is_refused_with_the_input() throws Exception {
    write("safe.vnnlib", HEAD + "(assert (>= Y[0] 0.38))\n");
    assertThat(run("check", model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains(
            "net.lip:3:3: error: [query-violated] an input satisfies the query \"safe.vnnlib\"")
        .containsPattern("found: +the input X\\[0\\] = (1\\.0|0\\.99\\d*), X\\[1\\] = ")
        .containsPattern("note: the output there is Y\\[0\\] = 0\\.380\\d*, Y\\[1\\] = ");
  }

  /** tanh(1) / 2 is 0.380797077977882444..., and roundings are larger than what is left. */
  @Test
  void a_query_that_is_too_near_is_not_proved() throws Exception {
    String point = HEAD.replace("X[0] -1.0", "X[0] 1.0").replace("X[1] -1.0", "X[1] 0.5");
    write("safe.vnnlib", point + "(assert (>= Y[0] 0.38079707797788244407))\n");
    assertThat(run("check", model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("[query-not-proved] no proof was found that no input satisfies the query")
        .contains("found:    none on 1 of 1 parts: the worst part cannot be cut further")
        .contains("note: least is known of the part [1.0, 1.0] x [0.5, 0.5]");
  }

  @Test
  void packed_queries_are_read() throws Exception {
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("safe.vnnlib.gz")))) {
      packed.write(SAFE.getBytes(StandardCharsets.UTF_8));
    }
    Path other = write("packed.lip", text("query \"safe.vnnlib.gz\""));
    assertThat(run("check", other.toString())).isZero();
    write("broken.vnnlib.gz", SAFE);
    Path broken = write("broken.lip", text("query \"broken.vnnlib.gz\""));
    assertThat(run("check", broken.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err).contains("found:    it is no file that gzip has packed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X real [2]|X real [3]|[query-unbounded] X[2] has no lower bound",
        "Y real [2]|Y real [3]|[query-shape] Y has 3 elements, and the output of Net has 2",
        "real [2]|float32 [2]|[query-type] ",
        "(<= X[0] 1.0)|(<= X[0] 1.5)|[query-box] X[0] is in [-1.0, 1.5], and Net declares",
        "(assert (>= Y[0] 0.39))|(assert|[query-syntax] line 5, column 1: ",
      })
  void what_cannot_be_asked_is_refused(String from, String to, String message) throws Exception {
    assertThat(SAFE).contains(from);
    write("safe.vnnlib", SAFE.replace(from, to));
    assertThat(run("check", model.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err)
        .contains("net.lip:3:3: error: [query-not-supported] query file \"safe.vnnlib\" cannot be ")
        .contains("found:    " + message);
  }

  @Test
  void a_file_is_below_the_folder_of_the_text() throws Exception {
    for (String name : new String[] {"none.vnnlib", "../safe.vnnlib", ""}) {
      Path other = write("other.lip", text("query \"" + name + "\""));
      assertThat(run("check", other.toString())).isEqualTo(ExitCode.NOT_PROVED);
      assertThat(out + err)
          .contains("[query-not-supported] query file \"" + name + "\" not found")
          .contains("required: a VNN-LIB file below the folder of the text");
    }
  }

  @Test
  void free_weights_are_not_known() throws Exception {
    Path free =
        write(
            "free.lip",
            """
            network Free(x: real[2] in [-1, 1]) -> real[2] {
              certify lipschitz <= 1;
              certify query "safe.vnnlib";
              parameters ldlt;
              h = x |> dense(4) |> relu;
              return h |> dense(2);
            }
            """);
    assertThat(run("check", free.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err).contains("[query-not-supported]").contains("its weights are free");
  }

  @Test
  void a_query_needs_a_bound_beside_it_and_stands_once() throws Exception {
    Path alone =
        write(
            "alone.lip", text("query \"safe.vnnlib\"").replace("  certify lipschitz <= 2;\n", ""));
    assertThat(run("check", alone.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err).contains("a proof that no input satisfies a query");
    Path twice =
        write("twice.lip", text("query \"safe.vnnlib\";\n  certify query \"safe.vnnlib\""));
    assertThat(run("check", twice.toString())).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out + err).contains("clause `certify query` stands twice in one network");
  }
}
