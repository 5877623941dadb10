package io.lipc.tools.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.onnx.OnnxSupport;
import io.lipc.queries.QueryFault;
import io.lipc.tools.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/prove.md and docs/solver.md say what their commands print. */
final class ProvePageTest extends CommandRun {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern QUERY =
      Pattern.compile(
          "Write `safe.vnnlib`:\\n\\n```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern COMMANDS =
      Pattern.compile(
          "^```\\n\\./lipc(-vnnlib|) ((?:prove|verify) [^\\n]*)\\n```\\n\\n```\\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void the_page_says_what_is_printed() throws Exception {
    String page =
        Files.readString(ROOT.resolve("docs/prove.md"))
            + Files.readString(ROOT.resolve("docs/solver.md"));
    Files.copy(
        ROOT.resolve("maven-plugin/src/it/onnx-model/src/main/resources/demo/pendulum.onnx"),
        folder.resolve("pendulum.onnx"));
    Matcher query = QUERY.matcher(page);
    assertThat(query.find()).isTrue();
    Files.writeString(folder.resolve("safe.vnnlib"), query.group(1));
    assertThat(page).contains("In `tight.vnnlib`, replace 0.07 by 0.06 in both places");
    Files.writeString(folder.resolve("tight.vnnlib"), query.group(1).replace("0.07)", "0.06)"));
    Matcher command = COMMANDS.matcher(page);
    int followed = 0;
    while (command.find()) {
      List<String> words = new ArrayList<>();
      if (!command.group(1).isEmpty()) {
        words.add("vnnlib");
      }
      for (String word : command.group(2).split(" ", -1)) {
        words.add(word.replaceAll("([\\w-]+\\.(onnx|vnnlib|json|txt))", folder + "/$1"));
      }
      if (words.getFirst().equals("prove")) {
        // A machine that is busy needs longer for the same answer.
        words.add("--budget=5m");
      }
      assertThat(run(words.toArray(String[]::new)))
          .as(err)
          .isEqualTo(command.group(3).contains("sat: this input") ? 1 : 0);
      assertThat(out.replace(folder + "/", "")).startsWith(command.group(3));
      followed++;
    }
    assertThat(followed).isEqualTo(4);
    assertThat(Files.readString(folder.resolve("input.txt"))).startsWith("((X[0] 0.0924999");
  }

  /** The page names each capability, by its first spelling. */
  @Test
  void every_capability_is_on_the_page() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/solver.md"));
    for (Capability capability : Capability.values()) {
      assertThat(page).contains("| `" + capability.options().getFirst() + "` | ");
    }
    assertThat(page).contains(OnnxSupport.FIRST_OPSET + " and " + OnnxSupport.LAST_OPSET);
  }

  /** Messages in the table are those of the reader and of the command. */
  @Test
  void words_of_refusals_are_those_of_the_reader() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/prove.md"));
    for (QueryFault fault : QueryFault.values()) {
      assertThat(page).contains("[" + fault.word() + "] ");
    }
  }
}
