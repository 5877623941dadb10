package io.lipc.tools.build;

import io.lipc.compiler.library.CarriedNetworks;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.library.Origin;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Utf8;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that the Maven goal {@code lipc:certify} runs. It looks for types that declare
 * networks and have no certificate, which javac compiles in silence if it runs no processor. It
 * compares by digests the sources of the certificates in the class output with the present ones,
 * and compiles declarations again if they differ, or where the least bounds are asked for and were
 * not searched for. It asks the checker about every certificate.
 */
@Command(name = "recertify", description = "Certifies again where weights have changed.")
public final class Recertify implements Callable<Integer> {

  /** The exit code if a type declares a network and has no certificate. */
  static final int UNPROVED = 3;

  private static final String ORIGIN = "-origin.json";
  private static final String TEXT = ".lip";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--classes", required = true)
  private Path classes = Path.of("");

  @Option(names = "--generated", required = true)
  private Path generated = Path.of("");

  @Option(names = "--root", required = true)
  private Path root = Path.of("");

  @Option(names = "--class-path", required = true)
  private String classPath = "";

  @Option(names = "--release")
  private Optional<String> release = Optional.empty();

  @Option(names = "--sources")
  private List<Path> sourceRoots = new ArrayList<>();

  @Option(names = "--tighten")
  private boolean tighten;

  @Option(names = "--cache")
  private Optional<Path> cache = Optional.empty();

  @Option(names = "--processor-version", required = true)
  private String processorVersion = "";

  /** Created by picocli. */
  Recertify() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(new CommandLine(new Recertify()), arguments));
  }

  static int run(CommandLine command, String... arguments) {
    return command
        .setExecutionExceptionHandler(
            (thrown, line, _) -> {
              if (thrown instanceof InputError || thrown instanceof FormatException) {
                line.getErr().println("lipc: " + thrown.getMessage());
                return ExitCode.INPUT_ERROR;
              }
              throw thrown;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, FormatException, InputError {
    List<AnnotatedType> types = AnnotatedType.below(classes);
    if (!areProved(types)) {
      return UNPROVED;
    }
    SortedMap<String, Origin> origins = origins();
    SortedMap<String, String> stale = stale(types, origins);
    checkTexts(stale, origins);
    if (!stale.isEmpty()) {
      say("certifying again: " + String.join(", ", stale.keySet()));
      stale.forEach((network, reason) -> say(network + ": " + reason));
      if (!compile(declarations(origins))) {
        return ExitCode.NOT_PROVED;
      }
      if (!areProved(types)) {
        return UNPROVED;
      }
      origins = origins();
      checkRest(stale(types, origins));
    }
    if (!areAccepted(origins.keySet())) {
      return UNPROVED;
    }
    String certificates = counted(origins.size(), "certificate");
    say(counted(origins.size(), "network") + ", " + certificates + " up to date");
    return ExitCode.PROVED;
  }

  private void say(String message) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("lipc: " + message);
    out.flush();
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private boolean areProved(List<AnnotatedType> types) throws IOException {
    List<String> missing = new ProofsOfTypes(classes).missing(types);
    if (!missing.isEmpty()) {
      missing.forEach(this::say);
      say(ProofsOfTypes.help(processorVersion));
    }
    return missing.isEmpty();
  }

  /**
   * The origins by network: those of annotated types, and those of texts that {@code lipc:compile}
   * reads.
   */
  private SortedMap<String, Origin> origins() throws IOException, FormatException {
    Path folder = classes.resolve("META-INF").resolve("lipc");
    SortedMap<String, Origin> origins = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(file -> file.toString().endsWith(ORIGIN)).toList();
      }
      for (Path file : files) {
        String network = file.getFileName().toString().replace(ORIGIN, "");
        origins.put(network, Origin.parse(Utf8.text(BoundedFile.readRegular(file))));
      }
    }
    return origins;
  }

  private static boolean isOfText(Origin origin) {
    return origin.declaredBy().endsWith(TEXT);
  }

  private static Set<String> declarations(SortedMap<String, Origin> origins) {
    return origins.values().stream()
        .filter(origin -> !isOfText(origin))
        .map(Origin::declaredBy)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Networks to be certified again, with the reasons. */
  private SortedMap<String, String> stale(
      List<AnnotatedType> types, SortedMap<String, Origin> origins)
      throws IOException, FormatException {
    List<Path> texts = new ArrayList<>(List.of(classes));
    texts.addAll(sourceRoots);
    texts.add(root.resolve("src/main/resources"));
    Staleness staleness = new Staleness(classes, this::source, texts, root, library());
    SortedMap<String, String> stale = new TreeMap<>();
    for (Map.Entry<String, Origin> entry : origins.entrySet()) {
      Origin origin = entry.getValue();
      Optional<AnnotatedType> declaring =
          types.stream().filter(type -> type.name().equals(origin.declaredBy())).findFirst();
      staleness
          .of(entry.getKey(), origin, declaring)
          .or(() -> notTightened(origin))
          .ifPresent(reason -> stale.put(entry.getKey(), reason));
    }
    return stale;
  }

  /** Networks of texts are another goal's, which searches for the first proof. */
  private Optional<String> notTightened(Origin origin) {
    return tighten && !origin.least() && !isOfText(origin)
        ? Optional.of("its bound is the first that was proved, and the least is asked for")
        : Optional.empty();
  }

  /** Looks in this module, then on the class path, as javac and programs do. */
  private Library library() {
    return new CarriedNetworks(ClassPath.parse(classes + File.pathSeparator + classPath));
  }

  /** A digest says which certificate a class was made with, and not that it is true. */
  private boolean areAccepted(Set<String> networks) throws IOException {
    ModuleCheck check = new ModuleCheck(classes, library());
    boolean accepted = true;
    for (String network : networks) {
      switch (check.of(network)) {
        case ModuleCheck.Outcome.Accepted _ -> {}
        case ModuleCheck.Outcome.Unchecked unchecked ->
            say("note: " + network + " was not checked: " + unchecked.reason());
        case ModuleCheck.Outcome.Rejected rejected -> {
          accepted = false;
          say(
              "error: the checker rejects %s, which this build would ship: %s"
                  .formatted(Origin.certificateResource(network), rejected.reason()));
        }
      }
    }
    if (!accepted) {
      say(
          "help: lipc writes none that its checker rejects, so another program has; `mvn clean"
              + " package` makes all certificates again");
    }
    return accepted;
  }

  /** Networks of texts are another goal's, which has run before where it is configured. */
  private static void checkTexts(SortedMap<String, String> stale, SortedMap<String, Origin> origins)
      throws InputError {
    for (Map.Entry<String, String> one : stale.entrySet()) {
      Origin origin = Objects.requireNonNull(origins.get(one.getKey()));
      if (isOfText(origin)) {
        throw new InputError(
            ("%s has to be certified again, since %s; the goal lipc:compile, which compiles %s, has"
                    + " to run before lipc:certify")
                .formatted(one.getKey(), one.getValue(), origin.declaredBy()));
      }
    }
  }

  private static void checkRest(SortedMap<String, String> stale) throws InputError {
    if (!stale.isEmpty()) {
      throw new InputError(
          "javac has certified again, and still %s: %s"
              .formatted(stale.firstKey(), stale.get(stale.firstKey())));
    }
  }

  private boolean compile(Set<String> declarations) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        new ArrayList<>(List.of("-proc:full", "-parameters", "-implicit:none", "-Xlint:-options"));
    options.addAll(List.of("-cp", classes + File.pathSeparator + classPath));
    options.addAll(List.of("-processorpath", System.getProperty("java.class.path")));
    options.addAll(List.of("-d", classes.toString(), "-s", generated.toString()));
    options.add("-Alipc.root=" + root);
    if (tighten) {
      options.add("-Alipc.tight=true");
    }
    cache.ifPresent(folder -> options.add("-Alipc.cache=" + folder.toAbsolutePath()));
    options.add("-g"); // TornadoVM compiles kernels by their tables of local variables.
    release.ifPresent(number -> options.addAll(List.of("--release", number)));
    Files.createDirectories(generated);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      return compiler
          .getTask(
              spec.commandLine().getErr(),
              files,
              null,
              options,
              null,
              files.getJavaFileObjectsFromPaths(sources(declarations)))
          .call();
    }
  }

  private List<Path> sources(Set<String> declarations) throws IOException {
    Set<Path> sources = new TreeSet<>();
    for (String declaration : declarations) {
      sources.add(
          source(declaration)
              .orElseThrow(() -> new IOException("no source declares " + declaration)));
    }
    return List.copyOf(sources);
  }

  /** The file of a type or, where that is nested, of the type around it. */
  private Optional<Path> source(String type) throws IOException {
    Path compiled = classes.resolve(type.replace('.', '/') + ".class");
    if (Files.isRegularFile(compiled)) {
      Path source = classes.relativize(compiled).resolveSibling(sourceName(compiled));
      return Stream.concat(sourceRoots.stream(), Stream.of(generated))
          .map(sourceRoot -> sourceRoot.resolve(source))
          .filter(Files::isRegularFile)
          .findFirst();
    }
    int dot = type.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : source(type.substring(0, dot));
  }

  /** The class file says it: a type that is not public may stand in a file of another name. */
  private static String sourceName(Path compiled) throws IOException {
    return ClassFile.of()
        .parse(compiled)
        .findAttribute(Attributes.sourceFile())
        .map(attribute -> attribute.sourceFile().stringValue())
        .orElseGet(() -> compiled.getFileName().toString().replaceFirst("class$", "java"));
  }
}
