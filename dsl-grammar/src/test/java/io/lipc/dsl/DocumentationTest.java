package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page about the language shows is in the language. */
final class DocumentationTest {

  private static final Path PAGE = Path.of(System.getProperty("lipc.root"), "docs/language.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void everyTextOfThePageDeclaresNetworks() throws IOException {
    Set<String> networks = new LinkedHashSet<>();
    String before = "";
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      if (!block.group(1).isEmpty()) {
        continue;
      }
      // Names are qualified by the compiler, so here the networks stand in the unnamed package.
      String text = block.group(2).replaceAll("package .*;|import .*;", "");
      boolean imports = block.group(2).contains("import ");
      Checks checks = Checks.of(imports ? before + text : text);
      assertThat(checks.findings()).isEmpty();
      before = before + text;
      networks.addAll(checks.networks().keySet());
    }
    assertThat(networks)
        .containsExactly(
            "Policy",
            "Guarded",
            "Careful",
            "Reach",
            "Shirts",
            "Blend",
            "Digit",
            "Vehicle",
            "Premium",
            "Credit",
            "Features",
            "Block",
            "Classifier",
            "Shapes",
            "Smaller",
            "Sorted",
            "Deep");
  }
}
