import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Queries of the competitions, as {@code lipc prove} answers them: a process for each, with its
 * start, search, proof and check. Run from the project's root with a java of 25 or newer, once
 * {@code ./lipc} has been built, whose libraries are the class path:
 *
 * <pre>
 * {@code java -cp "tools/target/lib/*:tools/target/*" benchmarks/QueryTable.java DATA SECONDS [FOLDER...]}
 * </pre>
 *
 * DATA has {@code expected.csv}, whose rows begin with a folder, a model, a query and the published
 * answer, and the folders. Each query has SECONDS. Without FOLDER all are measured. The exit status
 * is 1 if an answer is not the published one: one of both is false.
 */
final class QueryTable {

  private QueryTable() {}

  private record Row(String folder, String model, String query, String expected) {

    static Row of(String line) {
      String[] cells = line.split(",", -1);
      return new Row(cells[0], cells[1], cells[2], cells[3]);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    List<String> wanted = List.of(arguments).subList(2, arguments.length);
    List<Row> rows =
        Files.readAllLines(data.resolve("expected.csv")).stream()
            .skip(1)
            .map(Row::of)
            .filter(row -> wanted.isEmpty() || wanted.contains(row.folder))
            .toList();
    System.out.println("| model | query | published | answer | parts | kB | s |");
    System.out.println("|---|---|---|---|---|---|---|");
    boolean fails = false;
    for (Row row : rows) {
      fails |= !measure(row, data.resolve(row.folder), arguments[1] + "s");
    }
    System.exit(fails ? 1 : 0);
  }

  private static boolean measure(Row row, Path folder, String budget) throws Exception {
    Path certificate = Files.createTempFile("query", ".json");
    Files.delete(certificate);
    long start = System.nanoTime();
    JsonObject answer = answer(folder, row, budget, certificate);
    double seconds = (System.nanoTime() - start) / 1e9;
    String found = answer.members().get("answer") instanceof JsonString(String word) ? word : "-";
    String parts = answer.members().get("parts") instanceof JsonNumber(String text) ? text : "-";
    String size =
        Files.exists(certificate)
            ? String.format(Locale.ROOT, "%.0f", Files.size(certificate) / 1e3)
            : "";
    Files.deleteIfExists(certificate);
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %s | %s | %s | %.1f |",
            row.model,
            row.query,
            row.expected,
            found,
            parts,
            size,
            seconds));
    return found.equals("unknown") || found.equals(row.expected);
  }

  private static JsonObject answer(Path folder, Row row, String budget, Path certificate)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.lipc.tools.Lipc"));
    command.addAll(List.of("prove", "--json", "--budget", budget));
    command.addAll(List.of("--certificate", certificate.toString()));
    command.add(folder.resolve(row.model).toString());
    command.add(folder.resolve(row.query).toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), "UTF-8");
    process.waitFor();
    JsonValue read = text.isBlank() ? new JsonObject(Map.of()) : readOf(text);
    return (JsonObject) read;
  }

  private static JsonValue readOf(String text) {
    try {
      return Json.read(text);
    } catch (FormatException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
