package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page that shows generated code shows what is generated. */
class GeneratedCodePageTest {

  private static final String BEGIN = "```java\n";
  private static final String END = "```\n";

  @Test
  void thePageShowsTheGoldenFile() throws IOException {
    Path root = Path.of(System.getProperty("lipc.root"));
    Path file = root.resolve("docs/generated-code.md");
    String page = Files.readString(file);
    String golden =
        Files.readString(root.resolve("kernels/src/test/resources/expected/PolicyNetwork.java"));
    int begin = page.lastIndexOf(BEGIN) + BEGIN.length();
    int end = page.lastIndexOf(END);
    if (Boolean.getBoolean("updateGoldens")) {
      Files.writeString(file, page.substring(0, begin) + golden + page.substring(end));
      throw new AssertionError("page rewritten: read it, then run without updateGoldens");
    }
    assertThat(page.substring(begin, end)).isEqualTo(golden);
  }
}
