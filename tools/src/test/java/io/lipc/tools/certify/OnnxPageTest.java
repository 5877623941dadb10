package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/onnx.md goes from an ONNX file to a bound in units, one on a region, and a trend. */
final class OnnxPageTest extends CommandRun {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern BLOCK =
      Pattern.compile("^```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern BEHIND = Pattern.compile("lines behind `(certify [^`]*)`");

  @TempDir private Path folder;

  @Test
  void the_page_is_followed_to_its_answer() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/onnx.md"));
    page = page.substring(page.indexOf("## Units, regions and trends"));
    List<String> blocks = BLOCK.matcher(page).results().map(found -> found.group(1)).toList();
    Path model =
        ROOT.resolve("maven-plugin/src/it/onnx-model/src/main/resources/demo/pendulum.onnx");
    Path text = folder.resolve("pendulum.lip");
    assertThat(blocks.getFirst()).isEqualTo("./lipc import pendulum.onnx --out pendulum.lip\n");
    assertThat(run("import", model.toString(), "--out", text.toString())).as(err).isZero();

    var plain = BEHIND.matcher(page);
    assertThat(plain.find()).as("the line of the plain bound").isTrue();
    String imported = Files.readString(text);
    assertThat(imported).contains(plain.group(1) + "\n");
    Files.writeString(
        text, imported.replace(plain.group(1) + "\n", plain.group(1) + "\n" + blocks.get(1)));
    assertThat(run("certify", text.toString())).as(out + err).isZero();
    assertThat(out).contains(blocks.get(2));
  }
}
