package io.lipc.benchmarks;

import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs everything, and writes {@code benchmarks/kernels.json}, {@code benchmarks/kernels.svg} and
 * the part of {@code benchmarks.md} between its two markers.
 */
final class Main {

  private static final String USAGE = "usage: ROOT [--quick], ROOT being the root of the project";

  private Main() {}

  /**
   * The command.
   *
   * @param arguments the root of the project, and perhaps {@code --quick}
   */
  public static void main(String[] arguments) throws Exception {
    List<String> given = Stream.of(arguments).filter(argument -> !argument.isBlank()).toList();
    if (given.isEmpty()
        || given.size() > 2
        || !given.stream().skip(1).allMatch("--quick"::equals)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Path root = Path.of(given.getFirst());
    Plan plan = given.size() == 2 ? Plan.quick(root) : Plan.full(root);
    Path work = Files.createTempDirectory("lipc-benchmarks");
    System.setProperty(Networks.FOLDER, work.getFileName().toString());
    try {
      Networks.compile(work);
      write(plan.documents(), new Session(plan).run());
    } finally {
      delete(work);
    }
  }

  private static void write(Path documents, Session.Results results) throws IOException {
    Path folder = Files.createDirectories(documents.resolve("benchmarks"));
    AtomicFile.write(folder.resolve("kernels.json"), results.json());
    AtomicFile.write(folder.resolve("kernels.svg"), new Plot(results.figures()).svg());
    String section = new Report(results.setting(), results.figures()).markdown();
    Section.replace(documents.resolve("benchmarks.md"), section);
    System.out.println(section);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
