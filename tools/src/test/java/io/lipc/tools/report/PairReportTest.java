package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.compiler.library.Origin;
import io.lipc.compiler.reading.DeclaredIn;
import io.lipc.tools.CommandRun;
import io.lipc.tools.LinearOfThree;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc report} of networks with bounds of pairs. */
final class PairReportTest extends CommandRun {

  private static final String CAPTION =
      "Bounds of the difference of two outputs: the stronger the shade, the larger";

  private static final String HEADING = "Bounds of pairs of outputs";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    LinearOfThree.write(folder, LinearOfThree.PAIRS);
    Files.writeString(
        folder.resolve("data.csv"), "3,0,flat\n0,3,round\n-2,1,round\n-3,-1,square\n");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private ParsedPage report(String what, int code, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("report", path(what)));
    arguments.addAll(List.of("--out", path("page.html"), "--budget", "60s"));
    arguments.addAll(Arrays.asList(more));
    assertThat(run(arguments.toArray(String[]::new))).as(out + err).isEqualTo(code);
    return ParsedPage.of(Files.readString(folder.resolve("page.html")));
  }

  /** The least distance over both other classes, by the bounds of their pairs. */
  @Test
  void every_pair_has_its_bound_by_label_and_radii_use_them() throws Exception {
    ParsedPage page =
        report("net.lip", ExitCode.PROVED, "--data", path("data.csv"), "--label-column", "3");
    assertThat(page.cells(CAPTION))
        .containsExactly(
            "class", "flat", "round", "square", "flat", "-", "5.001", "4.243", "round", "5.001",
            "-", "1.001", "square", "4.243", "1.001", "-");
    assertThat(page.texts("p"))
        .anyMatch(text -> text.contains("The bound of the network alone says sqrt(2) L = 7.072"))
        .anyMatch(text -> text.contains(" Radii are by the bounds of pairs above"))
        .noneMatch(text -> text.contains("signs"));
    // Of the second sample 12 / 5 over flat and 3 / 1 over square; by one bound 3 / (5 sqrt(2)).
    assertThat(page.texts("desc")).anyMatch(text -> text.contains("at 0 to none beyond 2.4."));
    assertThat(run("verify", path("Net.certificate.json"), path("net.lip"))).isZero();
    assertThat(out).contains("; differences of its outputs, 3 pairs, are at most 5.001-Lipschitz");
    String digest = page.cells("Facts about Net").getLast();
    assertThat(digest).startsWith("sha256:");
    assertThat(page.texts("code")).contains(digest);
  }

  /** Data of a relu, whose signs say more than the bounds: both medians are on the page. */
  @Test
  void radii_by_signs_are_said_with_both_medians() throws Exception {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Net(x: real[2] in [-4, 4]) -> real[3] {
            certify lipschitz <= 5.5;
            certify pairs with signs;
            weights "net.safetensors";
            h = x |> relu;
            y = h |> dense(3, bias = false);
            return y;
        }
        """);
    // The first input may move by 2 before relu reads it; round against square holds up to 1.
    Files.writeString(
        folder.resolve("data.csv"), "3,0,flat\n-2,1,round\n-3,1,round\n-2,1,round\n-3,-1,square\n");
    ParsedPage page =
        report("net.lip", ExitCode.PROVED, "--data", path("data.csv"), "--label-column", "3");
    Pattern medians =
        Pattern.compile("their median is ([\\d.]+), and by the bounds alone it is ([\\d.]+)\\.$");
    Matcher found =
        page.texts("p").stream().map(medians::matcher).filter(Matcher::find).findFirst().get();
    assertThat(Double.parseDouble(found.group(1)))
        .isGreaterThan(Double.parseDouble(found.group(2)));
    assertThat(page.texts("p")).anyMatch(text -> text.contains("or are larger by the signs of"));
  }

  @Test
  void a_network_that_asks_for_none_has_no_such_table() throws Exception {
    report("net.lip", ExitCode.PROVED);
    assertThat(folder.resolve("Net.pairs.json")).isRegularFile();
    LinearOfThree.write(folder, "");
    ParsedPage page = report("net.lip", ExitCode.PROVED);
    assertThat(page.texts("h3")).doesNotContain(HEADING);
    assertThat(folder.resolve("Net.pairs.json")).doesNotExist();
  }

  private Path module() throws Exception {
    report("net.lip", ExitCode.PROVED);
    Path carried = Files.createDirectories(folder.resolve("classes/META-INF/lipc"));
    Files.copy(folder.resolve("Net.certificate.json"), carried.resolve("Net.json"));
    Files.copy(folder.resolve("Net.pairs.json"), carried.resolve("Net-pairs.json"));
    Files.copy(folder.resolve("net.safetensors"), folder.resolve("classes/net.safetensors"));
    Origin origin =
        new Origin(
            "NetNetwork",
            "Net",
            Optional.of("net.safetensors"),
            true,
            "0.1.0",
            List.of("pairs"),
            false,
            DeclaredIn.UNKNOWN);
    Files.writeString(carried.resolve("Net-origin.json"), origin.toText());
    return carried;
  }

  @Test
  void a_module_brings_its_own_with_the_labels_of_its_weights() throws Exception {
    module();
    ParsedPage page = report("classes", ExitCode.PROVED);
    assertThat(page.cells(CAPTION))
        .startsWith("class", "flat", "round", "square")
        .contains("4.243");
  }

  @Test
  void a_false_certificate_of_pairs_refuses_the_network() throws Exception {
    Path carried = module();
    Files.copy(
        carried.resolve("Net.json"),
        carried.resolve("Net-pairs.json"),
        StandardCopyOption.REPLACE_EXISTING);
    ParsedPage page = report("classes", ExitCode.NOT_PROVED);
    assertThat(page.texts("h3")).doesNotContain(HEADING);
    assertThat(page.texts("pre"))
        .contains(
            "the certificate of Net cannot be read: META-INF/lipc/Net-pairs.json is about"
                + " lipschitz");
    assertThat(page.texts("p"))
        .anyMatch(text -> text.startsWith("Nothing is claimed about this network"));
  }

  /** The page of many classes is a drawing, and names the largest bounds. */
  @Test
  void many_classes_are_drawn() throws Exception {
    Files.writeString(
        folder.resolve("many.lip"),
        """
        network Many(x: real[18]) -> real[18] {
            certify lipschitz <= 1;
            certify pairs;
            return x |> relu;
        }
        """);
    ParsedPage page = report("many.lip", ExitCode.PROVED);
    assertThat(page.texts("title"))
        .contains("Bounds of the difference of two outputs", "0 and 17: 1.415");
    assertThat(page.cells("The largest bounds")).hasSize(3 * 13).contains("1.415");
    assertThat(page.texts("desc")).anyMatch(text -> text.contains("for each of 18 classes"));
  }
}
