package io.lipc.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page about what {@code --json} prints. */
public final class JsonPage {

  private static final Path PAGE = Path.of(System.getProperty("lipc.root"), "docs/json.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  private JsonPage() {}

  /** The members that the section about a command names in the first column of its table. */
  public static List<String> members(String command) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("## `" + command + " ");
    int to = page.indexOf("\n## ", from);
    return page.substring(from, to < 0 ? page.length() : to)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> NAME.matcher(cell).results().map(found -> found.group(1)))
        .toList();
  }
}
