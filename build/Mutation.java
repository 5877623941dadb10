import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Runs PIT over one module, by the JDK of the toolchain (its Maven plugin takes Maven's own, which
 * may be too old), and holds what no test notices against the list of those survivors that change
 * nothing. A survivor that is not listed, a listed one that is noticed, and a module of which less
 * than 96 % are noticed fail the build.
 *
 * <p>A list ({@code build/mutation/MODULE.txt}) has reasons, at the margin, each above its
 * survivors, indented: {@code class.method | mutator: change | text of the source line}. Where
 * several faults read the same, as those of three equal calls in one line do, each has its place
 * among them: {@code | 2 of 3}. None of it depends on where a line stands.
 *
 * <p>Tests tagged as slow are asked only about the classes that have a survivor without them: a
 * survivor waits for each test that reaches it.
 */
final class Mutation {

  private static final int LEAST_PERCENT = 96;

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$(\\d+)");

  /** The changes that PIT makes. The last ones drop a call: {@code nextUp(x)} becomes {@code x}. */
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

  /**
   * A fault that was planted.
   *
   * @param text what is changed, and the text of its line
   * @param outer the class of the file that has it
   * @param lambda the number of the lambda expression that has it, if one does
   */
  private record Mutant(
      String text, String outer, int line, int lambda, String method, int index, String status) {

    static final Comparator<Mutant> ORDER =
        Comparator.comparingInt(Mutant::line)
            .thenComparing(Mutant::method)
            .thenComparingInt(Mutant::lambda)
            .thenComparingInt(Mutant::index);

    boolean survives() {
      return status.equals("SURVIVED") || status.equals("NO_COVERAGE");
    }

    boolean isLate() {
      return status.equals("TIMED_OUT") || status.equals("MEMORY_ERROR");
    }
  }

  /** The folder into which the module {@code unroller} writes. */
  private static final String UNROLLED = "target/generated-sources/unrolled";

  private Mutation() {}

  /**
   * @param arguments root and folder of the module, its classes, what is left out of these, and of
   *     the tests beside those tagged as long, tests that are asked (all three with commas
   *     between), what is to be mutated now (a module, or classes of one; or {@code all}), and
   *     arguments of the virtual machine
   */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Path module = Path.of(arguments[1]);
    String asked = arguments[5];
    boolean whole = asked.equals("all") || asked.equals(module.getFileName().toString());
    if (!whole && !asked.startsWith("io.lipc." + module.getFileName() + ".")) {
      return;
    }
    Path report = module.resolve("target/mutation");
    String machine = String.join(",", List.of(arguments).subList(6, arguments.length));
    Path list = root.resolve("build/mutation").resolve(module.getFileName() + ".txt");
    Set<String> listed = Files.exists(list) ? listed(list) : Set.of();
    String all = whole ? arguments[2] : asked;
    Run quick = new Run(module, report, all, arguments[3], arguments[4], "long,slow", machine);
    Map<String, Mutant> mutants = new TreeMap<>(quick.mutants());
    Set<String> again = classes(unlisted(mutants, listed));
    if (!again.isEmpty()) {
      System.out.printf("By slow tests as well: %s%n", String.join(", ", again));
      Run slow = quick.of(again);
      mutants.values().removeIf(mutant -> again.contains(mutant.outer()));
      mutants.putAll(slow.mutants());
    }
    List<String> faults = faults(mutants, listed);
    int count = mutants.size();
    int survived = (int) mutants.values().stream().filter(Mutant::survives).count();
    System.out.printf(
        "%s: %d of %d faults noticed (%.1f %%), %d not%n",
        module.getFileName(),
        count - survived,
        count,
        100.0 * (count - survived) / count,
        survived);
    if (100 * (count - survived) < LEAST_PERCENT * count) {
      faults.add("less than " + LEAST_PERCENT + " % are noticed");
    }
    if (!faults.isEmpty()) {
      faults.forEach(System.err::println);
      System.err.printf(
          "Add a test for each survivor. If the change means nothing, list it with the reason in"
              + " %s. The report: %s%n",
          root.relativize(list), root.relativize(report.resolve("index.html")));
      System.exit(1);
    }
  }

  /**
   * A run of PIT.
   *
   * @param mutated the classes that are mutated
   * @param leftOut classes and tests that are not
   * @param tests those that are asked
   * @param untold tags of tests that are not asked
   * @param machine arguments of the virtual machine
   */
  private record Run(
      Path module,
      Path report,
      String mutated,
      String leftOut,
      String tests,
      String untold,
      String machine) {

    /** With the slow tests, over these classes and what is inside of them. */
    Run of(Set<String> classes) {
      String all = classes.stream().map(c -> c + "," + c + "$*").collect(Collectors.joining(","));
      return new Run(module, report.resolve("slow"), all, leftOut, tests, "long", machine);
    }

    Map<String, Mutant> mutants() throws Exception {
      start();
      return named(Mutation.mutants(report.resolve("mutations.xml"), module));
    }

    private void start() throws IOException, InterruptedException {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      List<String> command =
          new ArrayList<>(
              List.of(
                  java.toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "org.pitest.mutationtest.commandline.MutationCoverageReport",
                  "--targetClasses=" + mutated,
                  "--targetTests=" + tests,
                  "--excludedClasses=" + leftOut,
                  "--excludedTestClasses=" + leftOut,
                  "--excludedGroups=" + untold,
                  "--sourceDirs="
                      + module.resolve("src/main/java")
                      + ","
                      + module.resolve(UNROLLED),
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
  }

  private static List<Mutant> mutants(Path xml, Path module) throws Exception {
    NodeList elements =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(xml.toFile())
            .getElementsByTagName("mutation");
    Map<String, List<String>> sources = new HashMap<>();
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element mutant = (Element) elements.item(i);
      String name = text(mutant, "mutatedClass");
      String folder = name.substring(0, name.lastIndexOf('.')).replace('.', '/');
      Path source = source(module, folder + "/" + text(mutant, "sourceFile"));
      List<String> lines = sources.computeIfAbsent(source.toString(), Mutation::lines);
      int line = Integer.parseInt(text(mutant, "lineNumber"));
      if (isOfCompiler(mutant, lines.get(line - 1))) {
        continue;
      }
      Matcher lambda = LAMBDA.matcher(text(mutant, "mutatedMethod"));
      mutants.add(
          new Mutant(
              key(mutant, lines.get(line - 1).strip()),
              name.replaceFirst("\\$.*", ""),
              line,
              lambda.find() ? Integer.parseInt(lambda.group(2)) : -1,
              text(mutant, "methodDescription"),
              Integer.parseInt(text(mutant, "index")),
              mutant.getAttribute("status")));
    }
    return mutants;
  }

  /** Written by hand, or by the build. */
  private static Path source(Path module, String file) {
    Path written = module.resolve("src/main/java").resolve(file);
    return Files.exists(written) ? written : module.resolve(UNROLLED).resolve(file);
  }

  /**
   * Several types of one case, none of which is named: {@code case Sum _, Identity _ ->}, or the
   * first line of such a case, which ends in a comma.
   */
  private static final Pattern TYPES =
      Pattern.compile("\\s*case [\\w.]+ _((, [\\w.]+ _)+ ->.*|(, [\\w.]+ _)*,)");

  /** A case without a number of its own: no digit, no truth value, no constant, no counting. */
  private static final Pattern NUMBERLESS =
      Pattern.compile("(?!.*(\\d|\\b(true|false)\\b|\\b[A-Z][A-Z_]+\\b|\\+\\+|--))\\s*case .*->.*");

  /**
   * Whether a mutant is of code that the compiler adds, not of a line of ours. The compiler asks by
   * itself whether what a switch reads is null; it numbers the cases; and where a case has several
   * types, it asks for each of them once more after the switch has found it, and goes back to the
   * number of the next case if not, which never happens.
   */
  private static boolean isOfCompiler(Element mutant, String line) {
    String change = text(mutant, "description");
    boolean asksForNull =
        change.contains("java/util/Objects::requireNonNull") && !line.contains("requireNonNull");
    boolean asksAgain =
        TYPES.matcher(line).matches()
            && !line.contains("?")
            && (change.startsWith("removed conditional - replaced equality check")
                || change.startsWith("Substituted"));
    boolean numbers = change.startsWith("Substituted") && NUMBERLESS.matcher(line).matches();
    return asksForNull || asksAgain || numbers;
  }

  /**
   * Names faults by their texts, and those that read the same by their place among these as well.
   */
  private static Map<String, Mutant> named(List<Mutant> mutants) {
    Map<String, List<Mutant>> equal = new TreeMap<>();
    mutants.stream()
        .sorted(Mutant.ORDER)
        .forEach(one -> equal.computeIfAbsent(one.text(), _ -> new ArrayList<>()).add(one));
    Map<String, Mutant> named = new LinkedHashMap<>();
    equal.forEach(
        (text, all) -> {
          for (int i = 0; i < all.size(); i++) {
            String place = all.size() == 1 ? "" : " | %d of %d".formatted(i + 1, all.size());
            named.put(text + place, all.get(i));
          }
        });
    return named;
  }

  private static String key(Element mutant, String line) {
    String name = text(mutant, "mutatedClass");
    String method = LAMBDA.matcher(text(mutant, "mutatedMethod")).replaceAll("$1");
    String mutator = text(mutant, "mutator");
    return String.format(
        "%s.%s | %s: %s | %s",
        name.substring(name.lastIndexOf('.') + 1),
        method,
        mutator.substring(mutator.lastIndexOf('.') + 1).replace("Mutator", ""),
        // A lambda expression has a number, which others before it change.
        LAMBDA.matcher(text(mutant, "description")).replaceAll("$1"),
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

  private static Set<String> listed(Path list) throws IOException {
    Set<String> listed = new LinkedHashSet<>();
    boolean reasoned = false;
    for (String line : Files.readAllLines(list)) {
      if (line.isBlank()) {
        reasoned = false;
      } else if (!line.startsWith(" ")) {
        reasoned = true;
      } else if (!reasoned) {
        throw new IllegalStateException("no reason stands above: " + line.strip());
      } else if (!listed.add(line.strip())) {
        throw new IllegalStateException("listed twice: " + line.strip());
      }
    }
    return listed;
  }

  private static Map<String, Mutant> unlisted(Map<String, Mutant> mutants, Set<String> listed) {
    Map<String, Mutant> unlisted = new TreeMap<>(mutants);
    unlisted.keySet().removeAll(listed);
    unlisted.values().removeIf(mutant -> !mutant.survives());
    return unlisted;
  }

  private static Set<String> classes(Map<String, Mutant> mutants) {
    return mutants.values().stream()
        .map(Mutant::outer)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Classes that were not mutated now are left out. Too much time or memory is neither here nor
   * there.
   */
  private static List<String> faults(Map<String, Mutant> mutants, Set<String> listed) {
    List<String> faults = new ArrayList<>();
    unlisted(mutants, listed).keySet().forEach(name -> faults.add("survives: " + name));
    Set<String> classes =
        mutants.keySet().stream().map(Mutation::owner).collect(Collectors.toSet());
    for (String name : listed) {
      Mutant mutant = mutants.get(name);
      if (mutant == null && classes.contains(owner(name))) {
        faults.add("listed, but there is no such fault, or several: " + name);
      } else if (mutant != null && !mutant.survives() && !mutant.isLate()) {
        faults.add("listed, but it is noticed: " + name);
      }
    }
    return faults;
  }

  private static String owner(String key) {
    return key.substring(0, key.indexOf('.'));
  }
}
