package io.lipc.tools.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/local.md says what its commands print. */
final class LocalPageTest extends CommandRun {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern BLOCKS =
      Pattern.compile(
          "^```\\n\\./lipc (local pendulum.*?)\\n```\\n\\n```\\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void the_page_says_what_is_printed() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/local.md"));
    Files.copy(
        ROOT.resolve("maven-plugin/src/it/onnx-model/src/main/resources/demo/pendulum.onnx"),
        folder.resolve("pendulum.onnx"));
    assertThat(page).contains("with the lines `-0.1,0.1` and `-0.5,0.5`");
    Files.writeString(folder.resolve("box.csv"), "-0.1,0.1\n-0.5,0.5\n");
    assertThat(page).contains("`x.csv` has the line `0.1,0.2`");
    Files.writeString(folder.resolve("x.csv"), "0.1,0.2\n");
    var blocks = BLOCKS.matcher(page);
    int followed = 0;
    while (blocks.find()) {
      List<String> words = new ArrayList<>();
      for (String word : blocks.group(1).split(" ", -1)) {
        boolean file = word.matches(".+\\.(onnx|csv|json|svg)");
        words.add(file ? folder.resolve(word).toString() : word);
      }
      // A machine that is busy needs longer for the same answer.
      words.add("--budget=5m");
      assertThat(run(words.toArray(String[]::new))).as(err).isZero();
      assertThat(out.replace(folder + "/", "")).startsWith(blocks.group(2));
      followed++;
    }
    assertThat(followed).isEqualTo(3);
  }
}
