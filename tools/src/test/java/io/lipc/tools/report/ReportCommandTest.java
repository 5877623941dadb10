package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.LinearOfThree;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc report} of models: what the page holds, and what is refused before there is one. */
final class ReportCommandTest extends CommandRun {

  @TempDir private Path folder;

  @BeforeEach
  void writeModel() throws IOException, FormatException {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        /** Turns and stretches. */
        network Inner(x: real[2] in [-4, 4]) -> real[2] {
            certify lipschitz <= 3;
            weights "net.safetensors";
            y = x |> dense(2) |> relu;
            return y;
        }
        network Outer(x: real[2]) -> real[2] {
            certify lipschitz <= 1.5;
            u = x |> Inner;
            return x + u;
        }
        """);
    double[] w = {0.25, 0.125, -0.0625, 0.25};
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), w);
    Tensor bias = Tensor.of("y.bias", ElementType.F32, List.of(2), new double[] {0.25, 0});
    Files.write(
        folder.resolve("net.safetensors"), Safetensors.write(Weights.of(List.of(weight, bias))));
    Files.writeString(folder.resolve("data.csv"), "3,0,a\n0,3,b\n-2,1,b\n1,-3,a\n9,0,a\n0,1,a\n");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private ParsedPage report(String... more) throws Exception {
    String out = path("page.html");
    List<String> arguments = new ArrayList<>(List.of("report", path("net.lip")));
    arguments.addAll(List.of("--out", out));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).as(this.out + err).isZero();
    return ParsedPage.of(Files.readString(Path.of(out)));
  }

  @Test
  void a_page_tells_of_all_networks_and_its_command_verifies() throws Exception {
    ParsedPage page = report();
    assertThat(page.texts("h2")).containsExactly("Inner", "Outer");
    assertThat(page.texts("h3"))
        .contains("The claim", "Graph", "Bounds", "Where the bound is lost", "Layers", "Weights")
        .doesNotContain("Convolutions", "Data");
    assertThat(page.texts("p")).contains("Turns and stretches.");
    for (String network : List.of("Inner", "Outer")) {
      String certificate = network + ".certificate.json";
      assertThat(page.texts("code")).contains("lipc verify " + certificate + " net.lip");
      assertThat(run("verify", path(certificate), path("net.lip"))).as(out + err).isZero();
      String claimed = out.replaceFirst(".* is ([0-9.]+)-Lipschitz .*\n", "$1");
      assertThat(page.texts("td")).contains(claimed);
    }
  }

  /** Whoever reads a page has nothing from the names of somebody's folders. */
  @Test
  void a_page_names_no_folder() throws Exception {
    report();
    assertThat(Files.readString(folder.resolve("page.html"))).doesNotContain(folder.toString());
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network False(x: real[2]) -> real[2] { certify lipschitz <= 0.5; return x |> abs; }
        network Lost(x: real[2]) -> real[2] {
            certify lipschitz <= 1;
            weights "lost.safetensors";
            return x |> dense(2);
        }
        """);
    Path out = Files.createDirectories(folder.resolve("pages")).resolve("page.html");
    assertThat(run("report", path("net.lip"), "--out", out.toString()))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(Files.readString(out))
        .contains("False.counterexample.json", "lost.safetensors")
        .doesNotContain(folder.toString());
    assertThat(folder.resolve("pages/False.counterexample.json")).exists();
  }

  @Test
  void the_last_point_of_where_the_bound_is_lost_is_the_certificate() throws Exception {
    ParsedPage page = report();
    List<String> facts = page.cells("Facts about Outer");
    String certified = facts.get(facts.indexOf("certified bound") + 1);
    List<String> lost = page.cells("Bounds of the network up to each layer");
    assertThat(lost.get(lost.size() - 3)).isEqualTo(certified);
    assertThat(lost.get(lost.size() - 5)).isEqualTo("return");
  }

  @Test
  void convolutions_have_their_norms_and_tori() throws Exception {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Edges(x: real[1, 5, 6]) -> real[2, 4, 6] {
            certify lipschitz <= 4;
            weights "edges.safetensors";
            c = x |> conv2d(2, kernel = 3, padding = 1) |> relu;
            y = c |> conv2d(2, kernel = [2, 1], bias = false);
            return y;
        }
        """);
    double[] c = new double[18];
    double[] y = new double[8];
    Arrays.setAll(c, i -> 0.125 * (i % 5 - 2));
    Arrays.setAll(y, i -> 0.25 * (i % 3));
    List<Tensor> tensors =
        List.of(
            Tensor.of("c.weight", ElementType.F32, List.of(2, 1, 3, 3), c),
            Tensor.of("c.bias", ElementType.F32, List.of(2), new double[] {0.25, 0}),
            Tensor.of("y.weight", ElementType.F32, List.of(2, 2, 2, 1), y));
    Files.write(folder.resolve("edges.safetensors"), Safetensors.write(Weights.of(tensors)));
    ParsedPage page = report();
    assertThat(page.texts("h3")).contains("Convolutions");
    assertThat(page.texts("td"))
        .contains("1x5x6", "2x5x6", "2x4x6")
        .contains("grid 5x6 as a matrix");
  }

  @Test
  void the_same_inputs_give_the_same_bytes() throws Exception {
    String data = path("data.csv");
    report("--data", data, "--label-column", "3");
    byte[] first = Files.readAllBytes(folder.resolve("page.html"));
    report("--data", data, "--label-column", "3");
    assertThat(Files.readAllBytes(folder.resolve("page.html"))).isEqualTo(first);
  }

  @Test
  void data_gives_margins_and_certified_accuracy() throws Exception {
    ParsedPage page = report("--data", path("data.csv"), "--label-column", "3");
    assertThat(page.texts("h4").stream().distinct())
        .containsExactly("Certified accuracy", "Margins");
    // W x + b at (0, 1) is (0.375, 0.25), class a; with x added it is (0.375, 1.25), class b.
    assertThat(page.texts("p"))
        .anyMatch(
            text ->
                text.startsWith(
                        "Of 6 samples in all rows of data.csv, 6 are classified as labelled (100.0 %).")
                    && text.contains(" 1 lie outside of the declared box"))
        .anyMatch(
            text ->
                text.startsWith(
                        "Of 6 samples in all rows of data.csv, 5 are classified as labelled (83.3 %).")
                    && !text.contains("box"));
  }

  /** A network says least of the rows that it was trained on. */
  @Test
  void accuracy_is_of_the_rows_that_training_has_not_seen() throws Exception {
    String[] table = {"--data", path("data.csv"), "--label-column", "3"};
    report(table);
    assertThat(out).contains("note:   accuracy is of all rows").contains("--test-share");
    assertThat(report(with(table, "--test-every", "2")).texts("p"))
        .anyMatch(
            text ->
                text.startsWith(
                    "Of 3 samples in the test rows of data.csv (--test-every 2), 3 are classified"));
    assertThat(out).doesNotContain("note:");
    // Two of the class a and one of b, as `lipc train --test-share 0.5 --seed 3` draws them.
    String rows = "in the test rows of data.csv (--test-share 0.5, --seed 3)";
    assertThat(report(with(table, "--test-share", "0.5", "--seed", "3")).texts("p"))
        .anyMatch(text -> text.startsWith("Of 3 samples " + rows));
    refused(
        "--test-share and --test-every both choose",
        with(data(path("data.csv"), "3"), "--test-share", "0.5", "--test-every", "2"));
    refused("--seed needs --test-share", with(data(path("data.csv"), "3"), "--seed", "3"));
    refused("--test-every needs --data FILE", path("net.lip"), "--test-every", "2");
    refused(
        "data.csv: --test-every 1 leaves no row",
        with(data(path("data.csv"), "3"), "--test-every", "1"));
  }

  private static String[] with(String[] some, String... others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The weights know which output is which class, whatever order a table has them in. */
  @Test
  void classes_find_their_outputs_by_the_names_in_the_weights() throws Exception {
    LinearOfThree.write(folder, "");
    // The outputs at (0, 3) are 0, 12 and 9, at (-3, -1) they are -9, -4 and -3.
    Files.writeString(folder.resolve("two.csv"), "0,3,round\n-3,-1,square\n-3,-1,round\n");
    assertThat(report("--data", path("two.csv"), "--label-column", "3").texts("p"))
        .anyMatch(text -> text.startsWith("Of 3 samples in all rows of two.csv, 2 are classified"));
    Files.writeString(folder.resolve("others.csv"), "3,0,a\n0,3,b\n0,3,c\n");
    refused(
        "labels of 3 classes, which fit no network: Net reads 2 numbers and gives 3, which its"
            + " weights call `flat`, `round`, `square`",
        data(path("others.csv"), "3"));
  }

  @Test
  void hostile_names_of_files_stay_texts() throws Exception {
    Path hostile = folder.resolve("<img src=x onerror=alert(1)> & 'q'.lip");
    Files.copy(folder.resolve("net.lip"), hostile);
    assertThat(run("report", hostile.toString(), "--out", path("h.html"))).as(out + err).isZero();
    ParsedPage page = ParsedPage.of(Files.readString(folder.resolve("h.html")));
    assertThat(page.texts("h1"))
        .containsExactly("Lipschitz bounds of <img src=x onerror=alert(1)> & 'q'.lip");
    assertThat(page.texts("code")).anyMatch(text -> text.endsWith(" & '\\''q'\\''.lip'"));
  }

  @Test
  void a_refused_network_has_its_message_and_no_claim() throws Exception {
    String text = Files.readString(folder.resolve("net.lip"));
    Files.writeString(folder.resolve("net.lip"), text.replace("<= 1.5", "<= 0.5"));
    assertThat(run("report", path("net.lip"), "--out", path("p.html")))
        .isEqualTo(ExitCode.NOT_PROVED);
    ParsedPage page = ParsedPage.of(Files.readString(folder.resolve("p.html")));
    assertThat(page.texts("pre"))
        .anyMatch(message -> message.contains("[lipschitz-bound-violated]"));
    assertThat(page.texts("p")).contains("declared bound: 0.5, false: two inputs exceed it");
    Files.writeString(folder.resolve("net.lip"), text.replace("|> relu", "|> rleu"));
    assertThat(run("report", path("net.lip"), "--out", path("p.html")))
        .isEqualTo(ExitCode.NOT_PROVED);
    page = ParsedPage.of(Files.readString(folder.resolve("p.html")));
    assertThat(page.texts("pre")).anyMatch(message -> message.contains("did you mean `relu`?"));
  }

  @Test
  void what_cannot_be_reported_is_said_before_the_search() throws Exception {
    refused("there is no file", path("absent.lip"));
    refused("holds no certificates: there is no META-INF/lipc/NETWORK.json in it", path(""));
    refused("there is no folder", path("net.lip"), "--out", path("no/p.html"));
    refused("is a folder; --out names the file", path("net.lip"), "--out", path(""));
    String data = path("data.csv");
    refused("--data needs --label-column COLUMN", path("net.lip"), "--data", data);
    refused("--label-column needs --data FILE", path("net.lip"), "--label-column", "1");
    refused("there is no label column 4: columns count from 1 to 3", data(data, "4"));
    refused("there is no file", data(path("absent.csv"), "3"));
    Files.writeString(folder.resolve("bad.csv"), "1,2,a\n1,x,b\n");
    refused("bad.csv:2: column 2: feature `x` is not a number", data(path("bad.csv"), "3"));
    Files.writeString(folder.resolve("three.csv"), "1,2,a\n1,2,b\n1,2,c\n");
    refused(
        "three.csv has 2 features and labels of 3 classes, which fit no network: Inner reads 2"
            + " numbers and gives 2; Outer reads",
        data(path("three.csv"), "3"));
    assertThat(Files.exists(folder.resolve("p.html"))).isFalse();
  }

  private String[] data(String file, String column) {
    return new String[] {path("net.lip"), "--data", file, "--label-column", column};
  }

  private void refused(String message, String... arguments) {
    List<String> all = new ArrayList<>(List.of("report"));
    all.addAll(List.of(arguments));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", path("p.html")));
    }
    assertThat(run(all.toArray(String[]::new))).as(out + err).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains(message).doesNotContain("\tat ");
  }

  @Test
  void the_date_is_that_of_the_sources_or_none() throws InputError {
    assertThat(SourceDate.of(Optional.empty())).isEmpty();
    assertThat(SourceDate.of(Optional.of("86400"))).contains("1970-01-02T00:00:00Z");
    assertThatThrownBy(() -> SourceDate.of(Optional.of("today")))
        .hasMessage("SOURCE_DATE_EPOCH=today is not a number of seconds since 1970");
  }
}
