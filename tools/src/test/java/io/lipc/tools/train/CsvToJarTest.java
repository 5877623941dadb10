package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section "From a CSV to a jar" of docs/training.md: text, commands and output. */
final class CsvToJarTest extends CommandRun {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern BLOCK =
      Pattern.compile("^```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path mine;

  /** Paths of the page are those of a folder {@code mine} in a clone. */
  private String[] arguments(String command) {
    assertThat(command).startsWith("../lipc ");
    return Stream.of(command.replace("\\\n", " ").strip().split("\\s+"))
        .skip(1)
        .map(word -> word.replaceFirst("^\\.\\./", ROOT + "/"))
        .map(word -> word.replaceFirst("^src/", mine + "/src/"))
        .toArray(String[]::new);
  }

  @Test
  void the_page_shows_what_the_commands_print() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/training.md"));
    String section =
        page.substring(page.indexOf("## From a CSV to a jar"), page.indexOf("## The table"));
    List<String> blocks = BLOCK.matcher(section).results().map(block -> block.group(1)).toList();
    Path folder = Files.createDirectories(mine.resolve("src/main/resources/demo"));
    Files.writeString(folder.resolve("digits.lip"), blocks.get(1));
    assertThat(run(arguments(blocks.get(2)))).as(err).isZero();
    assertThat(out.replace(mine + "/", "")).isEqualTo(blocks.get(3));
    assertThat(run(arguments(blocks.get(4)))).as(out + err).isZero();
  }
}
