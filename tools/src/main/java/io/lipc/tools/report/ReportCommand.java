package io.lipc.tools.report;

import io.lipc.formats.AtomicFile;
import io.lipc.model.Decimals;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.command.Version;
import io.lipc.tools.files.CompiledModule;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.TableOptions;
import io.lipc.tools.files.TestRowOptions;
import io.lipc.tools.page.NetworkReport;
import io.lipc.tools.page.ReportPage;
import io.lipc.training.run.Classification;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc report MODEL}: one page of HTML about the networks of a model or a module. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a page of HTML about all networks of a model or of a compiled module.",
      "It has bounds, certificates, graphs and layers, and loads nothing. Certificates of a model"
          + " go beside the page."
    })
public final class ReportCommand implements Callable<Integer> {

  private static final String ALL_ROWS =
      "note:   accuracy is of all rows; of a table that `lipc train` has read, --test-share or"
          + " --test-every takes the rows that it kept for the test";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "MODEL",
      description = "A .lip, .nnet or .onnx file, a folder of compiled classes, or a jar.")
  private Path model = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file for the page. Default: lipc-report.html.")
  private Path out = Path.of("lipc-report.html");

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "How long to search for each network, such as 500ms, 5s or 2m. Default: 60s.")
  private String budget = "60s";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A CSV file of samples, for margins and certified accuracy. Default: none.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "The column of the classes in it: its number, from 1, or its name in the header. All"
              + " others are features. Default: none.")
  private Optional<String> labelColumn = Optional.empty();

  @Mixin private TestRowOptions table = new TestRowOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed with which `lipc train` drew the rows of --test-share. Default: 1.")
  private long seed = 1;

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The title of the page. Default: the name of the file.")
  private Optional<String> title = Optional.empty();

  @Option(
      names = "--class-path",
      paramLabel = "PATH",
      description =
          "Jars and folders with the networks that those of a module call. Default: the module"
              + " alone.")
  private String classPath = "";

  @Override
  public Integer call() throws InputError {
    checkUse();
    Duration search = Budgets.parse(budget);
    Optional<String> date = SourceDate.of(Optional.ofNullable(System.getenv(SourceDate.NAME)));
    checkWritable();
    Optional<ReportAssembly.Data> samples = readData();
    List<NetworkReport> reports = reports(search, samples);
    ReportPage page = new ReportPage(about(), new Version().getVersion()[0], date, reports);
    write(page.html());
    String place = Colours.of(spec.commandLine()).fields("report: " + out);
    spec.commandLine().getOut().println(place);
    if (data.isPresent() && !table.choosesRows()) {
      spec.commandLine().getOut().println(ALL_ROWS);
    }
    spec.commandLine().getOut().flush();
    boolean proved = reports.stream().allMatch(NetworkReport::isProved);
    return proved ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  /** An option that nothing reads was meant for something. */
  private void checkUse() throws InputError {
    if (!classPath.isEmpty() && !CompiledModule.is(model)) {
      throw new InputError(
          "--class-path is for a jar or a folder of classes, and " + model + " is a model");
    }
    if (onnx.isGiven() && CompiledModule.is(model)) {
      throw new InputError(
          "--output and --shape are about an ONNX model, and " + model + " is a module");
    }
    Optional<String> ofTable =
        Stream.of(TableOptions.NAMES, TestRowOptions.CHOICES, List.of("--seed"))
            .flatMap(List::stream)
            .filter(spec.commandLine().getParseResult()::hasMatchedOption)
            .findFirst();
    if (data.isEmpty() && ofTable.isPresent()) {
      throw new InputError(ofTable.get() + " needs --data FILE: where the samples are");
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--seed") && !table.choosesRows()) {
      throw new InputError("--seed needs --test-share: the share of rows that is drawn with it");
    }
    table.checkUse();
  }

  private String about() {
    Path name = model.getFileName();
    return title.orElse(name == null ? model.toString() : name.toString());
  }

  /** Refuses a file that cannot be written, before minutes are spent on a report. */
  private void checkWritable() throws InputError {
    Path folder = folder();
    if (Files.isDirectory(out)) {
      throw new InputError(out + " is a folder; --out names the file that the report goes to");
    }
    if (!Files.isDirectory(folder)) {
      throw new InputError(
          "the report " + out + " cannot be written: there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new InputError(
          "the report " + out + " cannot be written: nothing may be written to " + folder);
    }
  }

  private Path folder() {
    Path parent = out.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private Optional<ReportAssembly.Data> readData() throws InputError {
    if (data.isEmpty()) {
      if (labelColumn.isPresent()) {
        throw new InputError("--label-column needs --data FILE: where the samples are");
      }
      return Optional.empty();
    }
    Path file = data.get();
    if (labelColumn.isEmpty()) {
      throw new InputError("--data needs --label-column COLUMN: which column holds the classes");
    }
    Dataset read = table.read(file, labelColumn.get()).data();
    String name = String.valueOf(file.getFileName());
    if (!table.choosesRows()) {
      return Optional.of(data("all rows of " + name, read));
    }
    try {
      Dataset test = table.split(Classification.TASK, read, seed).heldOut();
      return Optional.of(data("the test rows of " + name + " (" + table.choice(seed) + ")", test));
    } catch (DataException | IllegalArgumentException e) {
      throw new InputError(name + ": " + e.getMessage());
    }
  }

  private ReportAssembly.Data data(String rows, Dataset samples) {
    return new ReportAssembly.Data(rows, unit(table.factor()), samples);
  }

  private static String unit(double factor) {
    return "the table's units" + (factor == 1 ? "" : " times " + Decimals.plain(factor));
  }

  private List<NetworkReport> reports(Duration search, Optional<ReportAssembly.Data> samples)
      throws InputError {
    try (SearchProgress progress = SearchProgress.on(spec.commandLine().getErr())) {
      List<ReportInput> inputs = OutputLabels.handedOn(inputs(search, progress));
      if (samples.isPresent()) {
        checkFit(inputs, samples.get().samples());
      }
      ReportAssembly assembly = new ReportAssembly(search, progress.listener());
      List<NetworkReport> reports = new ArrayList<>();
      for (ReportInput input : inputs) {
        Optional<ReportAssembly.Data> own =
            samples.isPresent()
                ? Optional.of(SampleUnits.of(samples.get(), input, inputs))
                : Optional.empty();
        reports.add(assembly.of(input, own));
      }
      return reports;
    }
  }

  private List<ReportInput> inputs(Duration search, SearchProgress progress) throws InputError {
    if (!CompiledModule.is(model)) {
      return new ModelInputs(model, onnx, folder(), search, progress.listener()).read();
    }
    List<Path> places =
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .filter(place -> !place.isEmpty())
            .map(Path::of)
            .toList();
    return ModuleInputs.read(model, places);
  }

  /** Data that no network reads was given by mistake. */
  private void checkFit(List<ReportInput> inputs, Dataset samples) throws InputError {
    List<String> others = new ArrayList<>();
    for (ReportInput input : inputs) {
      if (input.candidate().isPresent()) {
        if (SampleFit.of(input, samples).isPresent()) {
          return;
        }
        others.add(SampleFit.wanted(input, input.candidate().get().certificate()));
      }
    }
    if (!others.isEmpty()) {
      throw new InputError(
          "%s has %d features and labels of %d classes, which fit no network: %s"
              .formatted(
                  data.orElseThrow(),
                  samples.featureCount(),
                  samples.classes().size(),
                  String.join("; ", others)));
    }
  }

  private void write(String html) throws InputError {
    try {
      AtomicFile.write(out, html);
    } catch (IOException e) {
      throw new InputError("the report " + out + " cannot be written: " + e.getMessage());
    }
  }
}
