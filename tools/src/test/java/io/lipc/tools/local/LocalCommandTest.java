package io.lipc.tools.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.tools.CommandRun;
import io.lipc.tools.JsonPage;
import io.lipc.tools.Lipc;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lipc local}: a bound, a class or trends on a box, from the command line. */
final class LocalCommandTest extends CommandRun {

  @TempDir private Path folder;

  /** Its slope is 3 up to 1/3, 0 up to 4/9, then 2.25: on a box with both it might be 5.25. */
  @BeforeEach
  void write() throws IOException {
    write(
        "net.lip",
        """
        network Net(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 9;
          steep = x |> scale(3) |> hard_tanh;
          all = x |> scale(2.25);
          inner = all |> hard_tanh |> scale(-1);
          return steep + all + inner;
        }
        """);
    write("box.csv", "-1,1\n-1,1\n");
    // What does not move needs no cuts.
    write("line.csv", "-1,1\n0,0\n");
    write("at.csv", "0.5,-0.5\n0.25,0.25\n");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int local(String... options) {
    List<String> arguments = new ArrayList<>(List.of("local", path("net.lip")));
    for (String option : options) {
      // Names of files that the test has written, and options.
      arguments.add(option.endsWith(".csv") || option.endsWith(".json") ? path(option) : option);
    }
    if (!arguments.contains("--budget")) {
      // A virtual machine that has run for long has used up half of the usual one.
      arguments.add("--budget=2m");
    }
    return run(arguments.toArray(String[]::new));
  }

  private JsonObject object() throws Exception {
    return (JsonObject) Json.read(out.strip());
  }

  private double number(String member) throws Exception {
    return Double.parseDouble(((JsonNumber) object().members().get(member)).text());
  }

  @Test
  void a_box_is_cut_until_the_bound_is_the_least() {
    assertThat(local("--box", "line.csv", "--from", "linf", "--to", "linf")).isZero();
    assertThat(out)
        .contains("network:  Net, linf -> linf\n")
        .contains("inputs:   [-1.0, 1.0] x [0.0, 0.0]\n")
        .contains("answer:   proved\n")
        .containsPattern("bound: +in \\[(3|2\\.999), 3(\\.001)?\\] by rows, certificate checked\n")
        .containsPattern("parts: +[1-9][0-9]?\n")
        .contains("anywhere: ");
    assertThat(local("--box", "line.csv", "--from", "linf", "--to", "linf", "--parts", "1"))
        .isZero();
    assertThat(out)
        .containsPattern("bound: +in \\[(3|2\\.999), 5\\.25(1)?\\] ")
        .containsPattern("parts: +1\n");
  }

  @Test
  void without_options_it_is_about_the_declared_intervals() {
    assertThat(local()).isZero();
    assertThat(out)
        .contains("Net, l2 -> l2\n")
        .contains("inputs:   [-1.0, 1.0] for each element\n");
  }

  @Test
  void a_bound_that_is_asked_for_is_proved_or_false_or_open() {
    String[] box = {"--box", "line.csv", "--from", "linf", "--to", "linf"};
    assertThat(local(with(box, "--bound", "4.5"))).isZero();
    assertThat(local(with(box, "--bound", "2.9"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("answer:   false: two inputs of the box exceed the bound\nbound:    in [");
    assertThat(out).contains("\nfirst: ").contains("\nsecond: ");
    assertThat(local(with(box, "--bound", "4.5", "--parts", "1"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("answer:   not proved (it may still be true)\n");
  }

  private static String[] with(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void a_box_around_a_row_ends_where_the_declared_intervals_do() {
    assertThat(local("--at", "at.csv", "--radius", "0.625")).isZero();
    assertThat(out).contains("inputs:   [-0.125, 1.0] x [-1.0, 0.125]\n");
    assertThat(local("--at", "at.csv", "--row", "2", "--radius", "0.125")).isZero();
    assertThat(out).contains("inputs:   [0.125, 0.375] for each element\n");
  }

  @Test
  void a_class_cannot_change_where_no_input_takes_its_lead() {
    assertThat(local("--at", "at.csv", "--radius", "0.25", "--leads", "largest")).isZero();
    assertThat(out)
        .contains("network:  Net, linf\n")
        .contains("answer:   proved, certificate checked\n")
        .containsPattern(
            "class: +output 0 leads by 2\\.249 at the middle, and inputs of the box take at most"
                + " 0\\.\\d+ of its lead over each other: it leads for all of them\n");
    assertThat(local("--at", "at.csv", "--radius", "0.25", "--leads", "smallest")).isZero();
    assertThat(out).contains("class:    output 1 leads by 2.249 at the middle");
    // With twice the radius the lead is spent.
    assertThat(local("--at", "at.csv", "--radius", "0.5", "--leads", "largest"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("answer:   not proved")
        .contains("another one may lead for some of them");
    // Of equal outputs none leads.
    assertThat(local("--at", "at.csv", "--row", "2", "--radius", "0.1", "--leads", "largest"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("answer:   not proved: no output surely leads at the middle")
        .doesNotContain("class:");
  }

  /** Near the point one piece of the function is left, and farther away there are others. */
  @Test
  void bounds_of_several_radii_are_a_table_and_a_drawing() throws Exception {
    String[] linf = {"--at", "at.csv", "--row", "2", "--from", "linf", "--to", "linf"};
    Path plot = folder.resolve("plot.svg");
    assertThat(
            local(
                with(
                    linf,
                    "--radius=0.0625,0.125,0.5",
                    "--plot=" + plot,
                    "--certificate",
                    "c.json")))
        .isZero();
    assertThat(out)
        .contains("network:  Net, linf -> linf\n")
        .containsPattern("\nradius +reached +proved +parts\n0\\.0625 +(3|2\\.999) +3(\\.001)? +1\n")
        .containsPattern("\n0\\.5 +(3|2\\.999) +3(\\.001)? +[1-9]");
    for (String radius : List.of("0.0625", "0.125", "0.5")) {
      assertThat(run("verify", path("c-" + radius + ".json"), path("net.lip"))).as(err).isZero();
    }
    assertThat(folder.resolve("c.json")).doesNotExist();
    assertThat(Files.readString(plot))
        .contains("Bounds of Net by radius, linf -&gt; linf")
        .contains("radius of the box");
    assertThat(local(with(linf, "--radius=0.0625,0.125", "--json"))).isZero();
    List<String> members = new ArrayList<>(object().members().keySet());
    assertThat(members).containsExactlyElementsOf(JsonPage.members("lipc local MODEL --radius"));
    JsonObject first =
        (JsonObject) ((JsonValue.JsonArray) object().members().get("boxes")).elements().getFirst();
    List<String> known = JsonPage.members("lipc local");
    assertThat(first.members().keySet()).contains("radius").containsAll(known);
  }

  /** Outputs that rise together keep their difference, and each difference has its own lead. */
  @Test
  void differences_of_outputs_are_bounded_each_by_its_lead() throws Exception {
    write(
        "net.lip",
        """
        network Net(x: real[1] in [-1, 1], one: real[1] in [0, 1]) -> real[3] {
          certify lipschitz <= 99;
          near = x |> scale(8);
          next = x |> scale(8.5);
          less = one |> scale(-1);
          far = x |> scale(-8);
          below = one |> scale(-40);
          return concat(near, next + less, far + below);
        }
        """);
    write("box.csv", "-1,1\n1,1\n");
    assertThat(local("--box", "box.csv", "--leads", "largest", "--certificate", "c.json")).isZero();
    assertThat(out)
        .contains("output 0 leads by 0.9999 at the middle")
        .contains("at most 0.5001 of");
    assertThat(run("verify", path("c.json"), path("net.lip"))).isZero();
    assertThat(out)
        .contains("Net, output 0 less each other one, times factors, is ")
        .contains("-Lipschitz from linf to linf for inputs of [-1.0, 1.0] x [1.0, 1.0]");
    // What is proved of differences is nothing about outputs.
    assertThat(run("verify", path("c.json"), path("net.lip"), "--at-most", "1e9"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("you asked for one of all outputs");
    assertThat(run("verify", path("c.json"), path("net.lip"), "--json")).isZero();
    assertThat(object().members().get("outputs")).isInstanceOf(JsonObject.class);
    assertThat(local("--box", "box.csv", "--leads", "largest", "--resume", "c.json")).isZero();
    // The certificate is about these differences: another network has others.
    write("net.lip", Files.readString(folder.resolve("net.lip")).replace("8.5", "8.25"));
    assertThat(run("verify", path("c.json"), path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("the certificate is of another network");
  }

  /** Where the box is not cut, the derivative by the first element is 0 to 5.25. */
  @Test
  void slopes_are_those_of_each_output_and_input() throws Exception {
    assertThat(local("--box", "line.csv", "--parts", "1", "--slopes")).isZero();
    assertThat(out)
        .contains("slopes:   output 0 moves by at most 5.25 |dx[0]| + 0 |dx[1]|\n")
        .contains("slopes:   output 1 moves by at most 0 |dx[0]| + 0 |dx[1]|\n");
    assertThat(local("--box", "line.csv", "--parts", "1", "--slopes", "--json")).isZero();
    assertThat(Json.write(object().members().get("slopes"))).isEqualTo("[[5.25, 0], [0, 0]]");
    write(
        "net.lip",
        """
        network Soft(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 9;
          return x |> scale(3) |> softmax;
        }
        """);
    assertThat(local("--slopes", "--box", "box.csv")).isZero();
    assertThat(out)
        .contains("slopes:   not known: there was no time, or a layer has no derivatives\n");
  }

  @Test
  void trends_are_proved_or_false() {
    assertThat(local("--box", "box.csv", "--increasing", "0,1")).isZero();
    assertThat(out)
        .contains("network:  Net, increasing in x[0, 1]\n")
        .contains("answer:   proved, certificate checked\n");
    assertThat(local("--box", "box.csv", "--increasing", "0", "--decreasing", "1"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("answer:   false: output 1 goes from ")
        .contains(" as element 1 rises\n");
  }

  @Test
  void certificates_are_verified_and_resumed() throws Exception {
    // The steepest place, 0, is in ever smaller parts: each cut makes the bound smaller.
    write(
        "net.lip",
        """
        network Net(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 9;
          steep = x |> scale(4) |> tanh;
          all = x |> scale(2);
          inner = all |> tanh |> scale(-1);
          return steep + all + inner;
        }
        """);
    String[] linf = {"--box", "line.csv", "--from", "linf", "--to", "linf", "--json"};
    assertThat(local(with(linf, "--parts", "6", "--certificate", "c.json"))).isZero();
    double before = number("upper");
    assertThat(before).isBetween(4.01, 5.9);
    assertThat(number("parts")).isEqualTo(6);
    assertThat(run("verify", path("c.json"), path("net.lip"))).isZero();
    assertThat(out).contains("-Lipschitz from linf to linf for inputs of [-1.0, 1.0] x [0.0, 0.0]");
    assertThat(local(with(linf, "--resume", "c.json", "--parts", "6"))).isZero();
    assertThat(number("upper")).isEqualTo(before);
    assertThat(local(with(linf, "--resume", "c.json", "--parts", "12"))).isZero();
    assertThat(number("parts")).isEqualTo(12);
    assertThat(number("upper")).isBetween(4.0, Math.nextDown(before));
    assertThat(local("--at", "at.csv", "--radius", "0.5", "--resume", "c.json"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("c.json is about another box");
    Files.delete(folder.resolve("c.local.json"));
    assertThat(local(with(linf, "--resume", "c.json"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("stands no certificate of a local bound");
  }

  @Test
  void the_page_names_each_member() throws Exception {
    assertThat(local("--json")).isZero();
    List<String> members = new ArrayList<>(object().members().keySet());
    assertThat(members).containsExactlyElementsOf(JsonPage.members("lipc local"));
    assertThat(object().members().get("slopes")).isInstanceOf(JsonValue.JsonNull.class);
    assertThat(local("--leads", "largest", "--json")).isEqualTo(ExitCode.NOT_PROVED);
    members = new ArrayList<>(object().members().keySet());
    assertThat(members).containsExactlyElementsOf(JsonPage.members("lipc local MODEL --leads"));
    assertThat(local("--increasing", "0", "--json")).isZero();
    members = new ArrayList<>(object().members().keySet());
    assertThat(members)
        .containsExactlyElementsOf(JsonPage.members("lipc local MODEL --increasing"));
    assertThat(object().members().get("certificate")).isInstanceOf(JsonValue.JsonNull.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "-1,1 | 1 intervals, and the input 2 elements",
        "'-1,1\n-1,1\n-1,1' | 3 intervals, and the input 2 elements",
        "'-1,1,2\n-1,1' | line 1: 3 numbers, where 2 are needed: the two ends of an element",
        "'-1,1\n\n-1,x' | 'line 3: x is no number'",
        "'-1,1\n-1,NaN' | 'line 2: NaN is not finite'",
        "'-1,1\n-Infinity,1' | 'line 2: -Infinity is not finite'",
        "'-1,1\n1,-1' | 'element 1: no number is in [1.0, -1.0]'",
        "'-1,1\n-1,1.5' | leaves",
        "'' | has no row of numbers",
      })
  void a_box_that_is_none_is_said_to_be_so(String content, String said) throws IOException {
    write("wrong.csv", content == null ? "" : content);
    assertThat(local("--box", "wrong.csv")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains(said);
    assertThat(out).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--box,none.csv | there is no file",
        "--at,at.csv | --at and --radius say a box together",
        "--radius,1 | --at and --radius say a box together",
        "--row,1 | --row is a row of --at",
        "--at,at.csv,--radius,-1 | --radius -1.0 is negative or not finite",
        "--at,at.csv,--radius,NaN | --radius NaN is negative or not finite",
        "--at,at.csv,--radius,1,--box,box.csv | --box says the whole box",
        "--at,at.csv,--radius,0.2,--radius,0.1 | --radius 0.1 behind 0.2: the smaller one comes"
            + " first",
        "--at,at.csv,--radius,0.1,--radius,0.1 | --radius 0.1 behind 0.1",
        "--at,at.csv,--radius,0.1,--radius,-1 | --radius -1.0 is negative or not finite",
        "--at,at.csv,--radius,0.1,--radius,0.2,--leads,largest | several radii ask for a table",
        "--at,at.csv,--radius,0.1,--radius,0.2,--increasing,0 | ask for one radius",
        "--at,at.csv,--radius,0.1,--radius,0.2,--bound,1 | ask for one radius",
        "--at,at.csv,--radius,0.1,--radius,0.2,--slopes | ask for one radius",
        "--at,at.csv,--radius,0.1,--radius,0.2,--resume,c.json | ask for one radius",
        "--at,at.csv,--radius,0.1,--plot,p.svg | give two or more",
        "--plot,p.svg | give two or more",
        "--at,at.csv,--radius,1,--row,3 | there is no row 3 in",
        "--bound,0 | --bound 0.0 is not positive and finite",
        "--parts,0 | a box has from 1 to 1000000 parts",
        "--increasing,2 | there is no element 2 of the input; elements are 0 to 1",
        "--increasing,0,--decreasing,0 | element 0 of the input is named twice",
        "--increasing,0,--bound,1 | ask twice",
        "--increasing,0,--slopes | ask twice",
        "--leads,first | is neither largest nor smallest",
        "--leads,largest,--bound,1 | --leads asks about differences of outputs",
        "--leads,largest,--to,l2 | ask twice",
        "--leads,largest,--slopes | ask twice",
        "--network,Other | declares no network Other",
        "--budget,soon | is not a duration",
      })
  void options_that_do_not_fit_are_said(String options, String said) {
    assertThat(local(options.split(",", -1))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains(said);
    assertThat(out).isEmpty();
  }

  @Test
  void one_output_leads_over_none() throws IOException {
    write(
        "net.lip",
        "network Net(x: real[1] in [-1, 1]) -> real[1] { certify lipschitz <= 9; return x |> relu;"
            + " }\n");
    assertThat(local("--leads", "largest")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("Net has one output, over which no other can take the lead");
  }

  @Test
  void a_model_without_intervals_needs_a_box() throws IOException {
    write(
        "net.lip",
        "network Net(x: real[2]) -> real[2] { certify lipschitz <= 9; return x |> relu; }\n");
    assertThat(local()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("declares no intervals of its input: --box FILE");
    assertThat(local("--box", "box.csv")).isZero();
  }

  @Test
  void what_a_network_calls_is_proved_first() throws Exception {
    write(
        "net.lip",
        """
        network Inner(x: real[2]) -> real[2] { certify lipschitz <= 9; return x |> scale(4) |> relu; }
        network Outer(x: real[2]) -> real[2] { certify lipschitz <= 99; return Inner(x); }
        """);
    write("box.csv", "-2,-1\n1,2\n");
    assertThat(local("--box", "box.csv", "--certificate", "c.json")).isZero();
    assertThat(out)
        .contains("network:  Outer, l2 -> l2\n")
        .containsPattern("in \\[4, 4(\\.001)?\\]");
    assertThat(run("verify", path("c.json"), path("net.lip"))).isZero();
  }

  @Test
  void free_parameters_are_refused() throws IOException {
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
    assertThat(local()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("has free parameters");
  }

  /** A signal ends the search, not the answer. */
  @Test
  void an_interrupted_search_answers() throws Exception {
    // Both change their piece at the same place, so no cut shows that the sum is 4 x.
    write(
        "net.lip",
        """
        network Net(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 9;
          rises = x |> scale(4) |> relu;
          falls = x |> scale(-4) |> relu |> scale(-1);
          return rises + falls;
        }
        """);
    Path answer = folder.resolve("answer.txt");
    Path progress = folder.resolve("progress.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lipc.class.getName(),
                "local",
                path("net.lip"),
                "--from=linf",
                "--to=linf",
                "--budget=10m",
                "--parts=1000000",
                "--json")
            .redirectOutput(answer.toFile())
            .redirectError(progress.toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.readString(progress).contains(" parts, in ["); i++) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(100);
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    out = Files.readString(answer);
    assertThat(process.exitValue()).as(Files.readString(progress)).isZero();
    assertThat(number("lower")).isBetween(3.99, 4.0);
    assertThat(number("upper")).isBetween(8.0, 8.01);
    assertThat(number("seconds")).isLessThan(60);
  }
}
