import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the time that lipc adds to a compilation: javac in a JVM of its own, on the declaration
 * of the digits example, with the processor and without any. Run from the project's root once
 * {@code ./lipc} has been built: {@code java benchmarks/JavacOverhead.java}.
 */
final class JavacOverhead {

  private static final int RUNS = 9;

  private JavacOverhead() {}

  public static void main(String[] arguments) throws Exception {
    Path work = Files.createTempDirectory("javac-overhead");
    Path classes = Files.createDirectories(work.resolve("classes"));
    Path digits = Path.of("examples/digits/src/main");
    Files.copy(
        digits.resolve("resources/digits.safetensors"), classes.resolve("digits.safetensors"));
    String source = digits.resolve("java/io/lipc/examples/digits/Digits.java").toString();
    String jars = jars();
    List<String> common = List.of("-cp", jars, "-d", classes.toString(), source);
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      without.add(seconds(List.of("-proc:none"), common));
      with.add(seconds(List.of("-proc:full", "-processorpath", jars), common));
    }
    System.out.printf(
        Locale.ROOT,
        "javac on one interface, median of %d: %.2f s without, %.2f s with lipc, +%.2f s%n",
        RUNS,
        median(without),
        median(with),
        median(with) - median(without));
  }

  private static String jars() throws IOException {
    try (Stream<Path> libraries = Files.list(Path.of("tools/target/lib"))) {
      return libraries.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static double seconds(List<String> mode, List<String> common) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(mode);
    command.addAll(common);
    long start = System.nanoTime();
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("javac failed: " + command);
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
