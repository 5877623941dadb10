import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Runs PIT over one module, by the JDK of the toolchain (its Maven plugin takes Maven's own, which
 * may be too old), and holds what no test notices against the list of those survivors that change
 * nothing. A survivor that is not listed, a listed one that is noticed, and a module of which less
 * than 95 % are noticed fail the build.
 *
 * <p>A list ({@code build/mutation/MODULE.txt}) has reasons, at the margin, each above its
 * survivors, indented: {@code class.method | mutator: change | text of the source line}, and {@code
 * | xN} where N of them read the same. Neither depends on where a line stands.
 */
final class Mutation {

  private static final int LEAST_PERCENT = 95;

  /** What PIT changes. The last ones drop a call: {@code nextUp(x)} becomes {@code x}. */
  private static final String MUTATORS =
      String.join(
          ",",
          "STRONGER",
          "REMOVE_CONDITIONALS",
          "INLINE_CONSTS",
          "EXPERIMENTAL_BIG_INTEGER",
          "EXPERIMENTAL_MEMBER_VARIABLE",
          "EXPERIMENTAL_NAKED_RECEIVER",
          "EXPERIMENTAL_ARGUMENT_PROPAGATION");

  /** How many mutants read the same, and how many of them no test notices. */
  private record Count(int all, int survived, int late) {
    Count plus(String status) {
      boolean survives = status.equals("SURVIVED") || status.equals("NO_COVERAGE");
      boolean timesOut = status.equals("TIMED_OUT") || status.equals("MEMORY_ERROR");
      return new Count(all + 1, survived + (survives ? 1 : 0), late + (timesOut ? 1 : 0));
    }
  }

  private Mutation() {}

  /**
   * @param arguments root and folder of the module, its classes, tests that are left out beside
   *     those tagged as long (both with commas between), what is asked for (a module, or classes of
   *     one; or {@code all}), and arguments of the virtual machine
   */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path module = Path.of(arguments[1]);
    String asked = arguments[4];
    boolean whole = asked.equals("all") || asked.equals(module.getFileName().toString());
    if (!whole && !asked.startsWith("io.lipc." + module.getFileName() + ".")) {
      return;
    }
    Path report = module.resolve("target/mutation");
    String machine = String.join(",", List.of(arguments).subList(5, arguments.length));
    run(module, report, whole ? arguments[2] : asked, arguments[3], machine);
    Path listed = root.resolve("build/mutation").resolve(module.getFileName() + ".txt");
    Map<String, Count> counts = counts(report.resolve("mutations.xml"), module);
    List<String> faults = faults(counts, Files.exists(listed) ? listed(listed) : Map.of());
    int all = counts.values().stream().mapToInt(Count::all).sum();
    int survived = counts.values().stream().mapToInt(Count::survived).sum();
    System.out.printf(
        "%s: %d of %d faults noticed (%.1f %%), %d not%n",
        module.getFileName(), all - survived, all, 100.0 * (all - survived) / all, survived);
    if (100 * (all - survived) < LEAST_PERCENT * all) {
      faults.add("less than " + LEAST_PERCENT + " % are noticed");
    }
    if (!faults.isEmpty()) {
      faults.forEach(System.err::println);
      System.err.printf(
          "Add a test for each survivor. If the change means nothing, list it with the reason in"
              + " %s. The report: %s%n",
          root.relativize(listed), root.relativize(report.resolve("index.html")));
      System.exit(1);
    }
  }

  private static void run(Path module, Path report, String mutated, String leftOut, String machine)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.pitest.mutationtest.commandline.MutationCoverageReport",
                "--targetClasses=" + mutated,
                "--targetTests=io.lipc.*",
                "--excludedTestClasses=" + leftOut,
                "--excludedGroups=long",
                "--sourceDirs=" + module.resolve("src/main/java"),
                "--mutableCodePaths=" + module.resolve("target/classes"),
                "--reportDir=" + report,
                "--mutators=" + MUTATORS,
                "--outputFormats=XML,HTML",
                "--timestampedReports=false",
                "--timeoutConst=4000",
                "--threads=" + Math.max(1, Runtime.getRuntime().availableProcessors()),
                "--jvmArgs=" + machine));
    Path log = report.resolve("pit.log");
    Files.createDirectories(report);
    Files.deleteIfExists(report.resolve("mutations.xml"));
    int status =
        new ProcessBuilder(command)
            .directory(module.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (status != 0 || !Files.exists(report.resolve("mutations.xml"))) {
      throw new IllegalStateException("PIT ended with status " + status + ": see " + log);
    }
  }

  /** By the texts of mutants, which do not depend on where a line stands. */
  private static Map<String, Count> counts(Path xml, Path module) throws Exception {
    NodeList mutants =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(xml.toFile())
            .getElementsByTagName("mutation");
    Map<String, List<String>> sources = new HashMap<>();
    Map<String, Count> counts = new TreeMap<>();
    for (int i = 0; i < mutants.getLength(); i++) {
      Element mutant = (Element) mutants.item(i);
      String name = text(mutant, "mutatedClass");
      String folder = name.substring(0, name.lastIndexOf('.')).replace('.', '/');
      Path source =
          module.resolve("src/main/java").resolve(folder).resolve(text(mutant, "sourceFile"));
      List<String> lines = sources.computeIfAbsent(source.toString(), Mutation::lines);
      String line = lines.get(Integer.parseInt(text(mutant, "lineNumber")) - 1).strip();
      counts.merge(
          key(mutant, line),
          new Count(0, 0, 0).plus(mutant.getAttribute("status")),
          (count, _) -> count.plus(mutant.getAttribute("status")));
    }
    return counts;
  }

  private static String key(Element mutant, String line) {
    String name = text(mutant, "mutatedClass");
    String method = text(mutant, "mutatedMethod").replaceAll("lambda\\$(\\w+)\\$\\d+", "$1");
    String mutator = text(mutant, "mutator");
    return String.format(
        "%s.%s | %s: %s | %s",
        name.substring(name.lastIndexOf('.') + 1),
        method,
        mutator.substring(mutator.lastIndexOf('.') + 1).replace("Mutator", ""),
        text(mutant, "description"),
        line);
  }

  private static String text(Element mutant, String tag) {
    return mutant.getElementsByTagName(tag).item(0).getTextContent();
  }

  private static List<String> lines(String source) {
    try {
      return Files.readAllLines(Path.of(source));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + source, e);
    }
  }

  /** How many of which text are listed. */
  private static Map<String, Integer> listed(Path list) throws IOException {
    Map<String, Integer> listed = new LinkedHashMap<>();
    boolean reasoned = false;
    for (String line : Files.readAllLines(list)) {
      if (line.isBlank()) {
        reasoned = false;
      } else if (!line.startsWith(" ")) {
        reasoned = true;
      } else if (!reasoned) {
        throw new IllegalStateException("no reason stands above: " + line.strip());
      } else {
        String[] parts = line.strip().split(" \\| x(?=\\d+$)");
        listed.merge(parts[0], parts.length == 1 ? 1 : Integer.parseInt(parts[1]), Integer::sum);
      }
    }
    return listed;
  }

  /**
   * Of classes that were not mutated now, nothing is said. Too much time or memory is neither here
   * nor there.
   */
  private static List<String> faults(Map<String, Count> counts, Map<String, Integer> listed) {
    List<String> faults = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          int expected = listed.getOrDefault(key, 0);
          if (count.survived() > expected) {
            faults.add("survives: " + key + times(count.survived()) + of(expected));
          }
        });
    List<String> classes = counts.keySet().stream().map(Mutation::owner).distinct().toList();
    listed.forEach(
        (key, expected) -> {
          Count count = counts.getOrDefault(key, new Count(0, 0, 0));
          if (count.survived() + count.late() < expected && classes.contains(owner(key))) {
            faults.add("listed, but it does not survive: " + key + times(expected));
          }
        });
    return faults;
  }

  private static String owner(String key) {
    return key.substring(0, key.indexOf('.'));
  }

  private static String times(int count) {
    return count == 1 ? "" : " | x" + count;
  }

  private static String of(int expected) {
    return expected == 0 ? "" : " (" + expected + " listed)";
  }
}
