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

/** The text, the commands and the output of docs/monotone.md. */
final class MonotonePageTest extends CommandRun {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern BLOCK =
      Pattern.compile("^```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  private static List<String> blocks() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/monotone.md"));
    return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
  }

  @Test
  void the_page_shows_what_training_gives() throws Exception {
    List<String> blocks = blocks();
    String command = blocks.get(1);
    Path resources = ROOT.resolve("examples/cars/src/main/resources");
    assertThat(resources.resolve("io/lipc/examples/cars/cars.lip")).hasContent(blocks.getFirst());
    assertThat(command).startsWith("./lipc ");
    String[] arguments =
        Stream.of(command.replace("\\\n", " ").strip().split("\\s+"))
            .skip(1)
            .map(word -> word.equals("examples/cars/src/main/resources") ? folder + "" : word)
            .map(word -> word.replaceFirst("^examples/", ROOT + "/examples/"))
            .toArray(String[]::new);
    assertThat(run(arguments)).as(err).isZero();
    assertThat(out).contains(blocks.get(2));
    for (String file : List.of("cars.safetensors", "core.safetensors")) {
      assertThat(folder.resolve(file))
          .hasBinaryContent(Files.readAllBytes(resources.resolve(file)));
    }
    Files.writeString(folder.resolve("cars.lip"), blocks.getFirst());
    assertThat(run("check", folder.resolve("cars.lip").toString())).as(out + err).isZero();
    assertThat(out).contains(blocks.get(3));
  }

  @Test
  void the_page_shows_two_cars_that_refute_another_network() throws Exception {
    Path wrong = ROOT.resolve("examples/cars/src/test/resources/wrong/cars.lip");
    assertThat(run("check", wrong.toString())).isNotZero();
    assertThat(out + err).contains(blocks().getLast().substring("cars.lip".length()));
  }
}
