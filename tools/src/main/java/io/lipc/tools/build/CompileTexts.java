package io.lipc.tools.build;

import io.lipc.compiler.Compilation;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.Texts;
import io.lipc.compiler.emission.Backends;
import io.lipc.compiler.emission.GeneratedClass;
import io.lipc.compiler.library.CarriedNetworks;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.library.Origin;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.compiler.proof.CertificateCache;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.reading.FileFinder;
import io.lipc.compiler.report.Durations;
import io.lipc.compiler.report.ProofLine;
import io.lipc.dsl.Allowances;
import io.lipc.dsl.SourceText;
import io.lipc.formats.BoundedFile;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.PairFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that the Maven goal {@code lipc:compile} runs. It compiles every network of the texts
 * of a project to classes, certificates and origins, unless nothing has changed since the last run.
 * Files are written only if all networks are proved, and only where they differ.
 */
@Command(name = "compile", description = "Compiles the texts of a project.")
public final class CompileTexts implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--root",
      required = true,
      description = "The folder that names of texts start from.")
  private Path root = Path.of("");

  @Option(names = "--texts", required = true)
  private List<Path> textRoots = new ArrayList<>();

  @Option(names = "--resources")
  private List<Path> resourceRoots = new ArrayList<>();

  @Option(names = "--class-path")
  private String classPath = "";

  @Option(names = "--generated-sources", required = true)
  private Path generatedSources = Path.of("");

  @Option(names = "--generated-resources", required = true)
  private Path generatedResources = Path.of("");

  @Option(
      names = "--classes",
      required = true,
      description = "The folder of classes, where stale outputs linger.")
  private Path classes = Path.of("");

  @Option(names = "--state", required = true, description = "A folder for what a later run needs.")
  private Path state = Path.of("");

  @Option(names = "--budget")
  private Optional<String> budget = Optional.empty();

  @Option(names = "--backends")
  private Optional<String> backends = Optional.empty();

  @Option(names = "--compiler", description = "Says which compiler this is.")
  private String compiler = "";

  /** Created by picocli. */
  CompileTexts() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(new CommandLine(new CompileTexts()), arguments));
  }

  static int run(CommandLine command, String... arguments) {
    return command
        .setExecutionExceptionHandler(
            (thrown, line, _) -> {
              if (thrown instanceof InputError error) {
                TaggedLines.error(line.getOut(), String.valueOf(error.getMessage()));
                return ExitCode.INPUT_ERROR;
              }
              throw thrown;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws InputError, IOException {
    Path stateFile = state.resolve("compile.json");
    BuildState old = BuildState.read(stateFile);
    SourceFiles files = new SourceFiles(textRoots, resourceRoots);
    ClassPath carried = ClassPath.parse(classPath);
    BuildState now = BuildState.empty();
    List<Texts.Text> texts = texts(now);
    now.inputs().put("option budget", budget.orElse(""));
    now.inputs().put("option backends", backends.orElse(""));
    now.inputs().put("option compiler", compiler);
    OutputFolders folders = new OutputFolders(generatedSources, generatedResources, classes);
    if (isUpToDate(old, now, files, carried, folders)) {
      TaggedLines.note(spec, counted(texts.size()) + " up to date");
      return ExitCode.PROVED;
    }
    // A run that fails or is cut off leaves no state that looks finished, but what to clean up.
    new BuildState(new TreeMap<>(), old.outputs()).write(stateFile);
    Library library = new CarriedNetworks(now.recording(carried));
    Texts parsed = Texts.parse(texts, library);
    List<Compilation> compilations = compile(parsed, now.recording(files), library, carried);
    if (!report(parsed, compilations)) {
      return ExitCode.NOT_PROVED;
    }
    SortedMap<String, byte[]> outputs = new TreeMap<>();
    for (Compilation compilation : compilations) {
      if (compilation instanceof Compilation.Compiled compiled) {
        outputs.putAll(outputs(compiled, files));
      }
    }
    outputs.forEach((path, content) -> now.outputs().put(path, BuildState.digest(content)));
    folders.replace(old.outputs().keySet(), outputs);
    now.write(stateFile);
    TaggedLines.note(
        spec, counted(texts.size()) + " compiled: " + compilations.size() + " certified");
    return ExitCode.PROVED;
  }

  private static String counted(int texts) {
    return texts == 1 ? "1 text" : texts + " texts";
  }

  /** All texts in the order of their names, which are noted down. */
  private List<Texts.Text> texts(BuildState now) throws IOException, InputError {
    List<Texts.Text> texts = new ArrayList<>();
    for (Path textRoot : textRoots) {
      for (Path file : filesBelow(textRoot)) {
        byte[] content = BoundedFile.readRegular(file);
        String name = shown(file);
        now.inputs().put("text " + name, BuildState.digest(content));
        switch (SourceText.decode(name, content)) {
          case SourceText.Accepted accepted ->
              texts.add(new Texts.Text(accepted.source(), packageOf(textRoot, file)));
          case SourceText.Refused refused -> throw new InputError(refused.diagnostic().message());
        }
      }
    }
    return texts;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".lip") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private String shown(Path file) {
    Path shown = file.startsWith(root) ? root.relativize(file) : file;
    return shown.toString().replace('\\', '/');
  }

  /** A text that declares no package is of the one that its folder spells. */
  private static String packageOf(Path textRoot, Path file) {
    Path folder = textRoot.relativize(file).getParent();
    return folder == null ? "" : folder.toString().replace('\\', '/').replace('/', '.');
  }

  private static boolean isUpToDate(
      BuildState old, BuildState now, SourceFiles files, ClassPath carried, OutputFolders folders)
      throws IOException {
    SortedMap<String, String> asked = new TreeMap<>(old.inputs());
    asked.keySet().removeIf(key -> !key.startsWith("text ") && !key.startsWith("option "));
    return asked.equals(now.inputs())
        && old.findsTheSame(files, carried)
        && folders.hold(old.outputs());
  }

  private List<Compilation> compile(
      Texts texts, FileFinder files, Library library, ClassPath carried) throws InputError {
    Map<String, String> option = new TreeMap<>();
    backends.ifPresent(words -> option.put(Backends.OPTION, words));
    Backends chosen = Backends.of(option, carried::hasType);
    for (Diagnostic fault : chosen.faults()) {
      throw new InputError(fault.message());
    }
    return Compiler.compile(
        texts.batch(),
        files,
        library,
        Search.all(timing()),
        new PairFiles(state),
        CertificateCache.in(
            state.resolve("certificates"), complaint -> TaggedLines.note(spec, complaint)),
        chosen.chosen());
  }

  private Timing timing() throws InputError {
    Optional<Duration> parsed = budget.flatMap(Durations::parse);
    if (budget.isPresent() && parsed.isEmpty()) {
      throw new InputError(
          "the budget `" + budget.get() + "` is not a duration, such as 500ms, 5s or 2m");
    }
    return parsed.<Timing>map(Timing.Each::new).orElseGet(Timing.Usual::new);
  }

  /** Says what is at fault; whether nothing is. */
  private boolean report(Texts texts, List<Compilation> compilations) {
    List<Texts.Fault> faults = new ArrayList<>(texts.faults());
    boolean good = true;
    texts.warnings().forEach(warning -> TaggedLines.note(spec, warning.render()));
    for (Compilation compilation : compilations) {
      switch (compilation) {
        case Compilation.Compiled compiled ->
            TaggedLines.note(spec, ProofLine.of(compiled.proof()));
        case Compilation.Refused _ -> good = false;
      }
      for (Finding finding : compilation.said()) {
        Texts.Fault said = texts.locate(compilation.network(), finding);
        switch (finding.diagnostic().severity()) {
          case ERROR -> faults.add(said);
          case WARNING, NOTE -> {
            if (!Allowances.allows(said.source(), said.finding())) {
              TaggedLines.note(spec, said.render());
            }
          }
        }
      }
    }
    faults.forEach(fault -> TaggedLines.error(spec.commandLine().getOut(), fault.render()));
    return good && faults.isEmpty();
  }

  private static SortedMap<String, byte[]> outputs(Compilation.Compiled compiled, SourceFiles files)
      throws IOException {
    SortedMap<String, byte[]> outputs = new TreeMap<>();
    Origin origin = compiled.proof().callee().origin();
    outputs.put(OutputFolders.source(origin.generatedClass()), utf8(compiled.source()));
    for (GeneratedClass other : compiled.others()) {
      if (other instanceof GeneratedClass.Written written) {
        outputs.put(OutputFolders.source(written.name()), utf8(written.source()));
      }
    }
    String network = compiled.network();
    outputs.put(
        OutputFolders.resource(Origin.certificateResource(network)),
        utf8(compiled.proof().certificate()));
    for (ProvedClaim claim : compiled.proof().claims()) {
      outputs.put(
          OutputFolders.resource(claim.kind().resource(network)), utf8(claim.certificate()));
    }
    outputs.put(OutputFolders.resource(Origin.resource(network)), utf8(origin.toText()));
    Optional<Path> weights = origin.weightsResource().flatMap(files::besideTexts);
    if (weights.isPresent()) {
      outputs.put(
          OutputFolders.resource(origin.weightsResource().get()),
          BoundedFile.readRegular(weights.get()));
    }
    return outputs;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
