import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether {@code lipc certify --budget} keeps its promise: an answer within 1.3 times the budget
 * and a second more, for 200 small texts that ask for much. The time is that of the process, with
 * the start of Java. Run from the project's root with a java of 25 or newer, once {@code ./lipc}
 * has been built:
 *
 * <pre>{@code java benchmarks/HostileTexts.java [SECONDS [NAME]]}</pre>
 *
 * <p>NAME takes the texts alone whose names contain it. Another command than {@code ./lipc} is
 * taken from the property {@code lipc}. It ends with 1 if a promise was broken.
 */
final class HostileTexts {

  private HostileTexts() {}

  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    String wanted = arguments.length > 1 ? arguments[1] : "";
    Path folder = Files.createTempDirectory("hostile");
    System.out.println("| text | bytes | s | CPU s | answer | by |");
    System.out.println("|---|---|---|---|---|---|");
    List<Run> runs = new ArrayList<>();
    for (HostileText hostile : HostileCorpus.all()) {
      if (hostile.name().contains(wanted)) {
        runs.add(run(folder, hostile, seconds));
      }
    }
    families(runs);
    double allowed = 1.3 * seconds + 1;
    long late = runs.stream().filter(run -> run.wall() > allowed).count();
    long silent = runs.stream().filter(run -> !run.isAnswer()).count();
    long proved = runs.stream().filter(run -> run.answer().equals("proved")).count();
    double slowest = runs.stream().mapToDouble(Run::wall).max().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "%n%d texts, budget %.1f s: %d proved, slowest %.2f s, %d later than %.2f s, %d without an answer%n",
        runs.size(),
        seconds,
        proved,
        slowest,
        late,
        allowed,
        silent);
    System.exit(late + silent > 0 ? 1 : 0);
  }

  /** A row for each kind of text: the first word of its name. */
  private static void families(List<Run> runs) {
    Map<String, List<Run>> families = new LinkedHashMap<>();
    runs.forEach(
        run -> families.computeIfAbsent(run.name().split(" ")[0], _ -> new ArrayList<>()).add(run));
    System.out.printf(
        "%n| texts | number | proved | slowest, s | most CPU, s |%n|---|---|---|---|---|%n");
    families.forEach(
        (name, of) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f |%n",
                name,
                of.size(),
                of.stream().filter(run -> run.answer().equals("proved")).count(),
                of.stream().mapToDouble(Run::wall).max().orElse(0),
                of.stream().mapToDouble(Run::processor).max().orElse(0)));
  }

  private record Run(String name, double wall, double processor, String answer) {
    boolean isAnswer() {
      return List.of("proved", "not proved", "false", "refused").contains(answer);
    }
  }

  private static Run run(Path folder, HostileText hostile, double seconds) throws Exception {
    Path text = folder.resolve("hostile.lip");
    Files.writeString(text, hostile.text());
    hostile.write(folder.resolve("w.safetensors"));
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("lipc", "./lipc").split(" ")));
    command.addAll(List.of("certify", "--budget", (long) (1000 * seconds) + "ms", text.toString()));
    Path out = folder.resolve("out");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    Duration used = Duration.ZERO;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      used = process.info().totalCpuDuration().orElse(used);
      if (System.nanoTime() - start > 10e9 * (seconds + 1)) {
        process.destroyForcibly();
      }
    }
    double wall = (System.nanoTime() - start) / 1e9;
    String said = Files.readString(out);
    String answer = answer(said, process.exitValue());
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.2f%s | %.2f | %s | %s |%n",
        hostile.name(),
        hostile.text().length(),
        wall,
        wall > 1.3 * seconds + 1 ? " **late**" : "",
        used.toMillis() / 1e3,
        answer,
        by(said));
    return new Run(hostile.name(), wall, used.toMillis() / 1e3, answer);
  }

  private static String answer(String said, int code) {
    boolean refused = said.contains("answer:   refused") || said.contains("pairs-not-certified");
    for (String line : said.lines().toList()) {
      if (line.startsWith("answer:")) {
        String word = line.substring(7).strip();
        return word.startsWith("not proved") || refused
            ? "not proved"
            : word.startsWith("proved") ? "proved" : word.startsWith("false") ? "false" : word;
      }
    }
    if (code == 1 && said.contains("[lipschitz-bound-not-certified]")) {
      return "not proved";
    }
    if (code == 1 && said.contains("error: [")) {
      return "refused";
    }
    String first = said.lines().filter(line -> line.contains("error")).findFirst().orElse("");
    return "rc " + code + ": " + first.replace('|', '/');
  }

  private static String by(String said) {
    return said.lines()
        .filter(line -> line.startsWith("bound:") && line.contains(" by "))
        .map(line -> line.replaceAll(".* by ([a-z-]+).*", "$1"))
        .findFirst()
        .orElse("");
  }
}
