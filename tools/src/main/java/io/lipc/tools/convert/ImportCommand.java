package io.lipc.tools.convert;

import io.lipc.certificate.Certificate;
import io.lipc.certifier.Method;
import io.lipc.certifier.SearchListener;
import io.lipc.compiler.foreign.ImportForm;
import io.lipc.compiler.foreign.ImportedModel;
import io.lipc.compiler.foreign.ModelImport;
import io.lipc.compiler.foreign.NotExpressible;
import io.lipc.dsl.DeclarationText;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.formats.Safetensors;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.tools.certify.Examiner;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.Colours;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NormOptions;
import io.lipc.tools.command.Question;
import io.lipc.tools.command.SearchProgress;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.OnnxOptions;
import io.lipc.tools.files.PairFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc import MODEL.onnx}: a text of the language, and its weights beside it. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Writes a model of another format as a text of the language, with its weights beside it as"
            + " a safetensors file. Numbers are kept as they are, and names where the language can"
            + " say them.")
public final class ImportCommand implements Callable<Integer> {

  private static final Duration BUDGET = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MODEL", description = "An .onnx or .nnet file.")
  private Path model = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE.lip",
      description =
          "The file for the text, with FILE.safetensors beside it. Default: the name of"
              + " the model, in the working directory.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--bound",
      paramLabel = "L",
      description = "The bound to declare. Default: the best that is proved within the budget.")
  private Optional<Double> bound = Optional.empty();

  @Mixin private NormOptions norms = new NormOptions();

  @Option(
      names = "--in",
      split = ",",
      arity = "1",
      paramLabel = "LOWER,UPPER",
      description = "The interval of every input; certified radii need it. Default: anywhere.")
  private List<Double> box = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The name of the network, with its package if it is to have one. Default: after the"
              + " file.")
  private Optional<String> name = Optional.empty();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = "--precision",
      paramLabel = "f32|f64",
      description =
          "The format of weights and arithmetic; weights that do not fit are rounded once. Default:"
              + " f32 where every number of the model is a float, else f64.")
  private Optional<ElementType> precision = Optional.empty();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "How long reading the model and the search for the best bound may take, such as 5s or"
              + " 2m. Default: 60s.")
  private Optional<String> budget = Optional.empty();

  @Option(names = "--force", description = "Replaces files that are there.")
  private boolean force;

  @Override
  public Integer call() throws InputError {
    if (bound.isPresent() && budget.isPresent()) {
      throw new InputError(
          "--budget is for the search of a bound to declare, and --bound declares %s: nothing is searched for; leave one of them out"
              .formatted(Decimals.plain(bound.get())));
    }
    Deadline reading = bound.isPresent() ? Deadline.NONE : Budgets.reading(budget());
    if (!(onnx.read(model, reading) instanceof Model.Whole whole)) {
      throw new InputError(model + " is a text of the language already");
    }
    Path text = out.orElseGet(() -> Path.of(stem(model) + ".lip"));
    Path weights = text.resolveSibling(stem(text) + ".safetensors");
    refuseToReplace(text);
    refuseToReplace(weights);
    String network = ImportNames.checked(name.orElse(ImportNames.ofFile(stem(text))));
    Optional<Certificate> proof = bound.isPresent() ? Optional.empty() : prove(whole);
    Property.Lipschitz declared =
        new Property.Lipschitz(
            declared(proof), norms.from().orElse(Norm.L2), norms.to().orElse(Norm.L2));
    ImportedModel imported =
        imported(
            whole,
            new ImportForm(
                network,
                "Imported from " + model.getFileName() + ".",
                List.of(declared),
                String.valueOf(weights.getFileName()),
                precision,
                "x",
                box(whole.network().checked())));
    write(text, weights, imported);
    print(text, weights, imported, proof);
    return ExitCode.PROVED;
  }

  private Duration budget() throws InputError {
    return budget.isPresent() ? Budgets.parse(budget.get()) : BUDGET;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private void refuseToReplace(Path file) throws InputError {
    if (Files.exists(file) && !force) {
      throw new InputError(file + " is there already; --force replaces it, --out names another");
    }
  }

  private double declared(Optional<Certificate> proof) throws InputError {
    if (bound.isPresent() && !Property.Lipschitz.isValid(bound.get())) {
      throw new InputError("--bound " + bound.get() + " is not positive and finite");
    }
    if (bound.isPresent()) {
      return bound.get();
    }
    // A little more than what was proved: the text may be proved by a slightly different sum.
    return proof
        .map(found -> Double.parseDouble(Decimals.up(found.lipschitz().bound() * (1 + 0x1p-20))))
        .orElseThrow(
            () ->
                new InputError(
                    "no bound of "
                        + model
                        + " was proved within the budget; --bound L declares one that is still to"
                        + " be proved"));
  }

  private Optional<Certificate> prove(Model.Whole whole) throws InputError {
    Question question =
        new Question(Optional.empty(), OptionalDouble.empty(), norms.from(), norms.to(), List.of());
    Duration time = budget();
    PairFiles pairs = new PairFiles(Path.of(""));
    try (SearchProgress progress = SearchProgress.on(spec.commandLine().getErr())) {
      SearchListener listener = progress.listener();
      return new Examiner(
              Method.AUTO, Optional.of(time), Budgets.end(time), question, pairs, listener)
          .examine(whole)
          .getLast()
          .best()
          .map(subject -> subject.certificate());
    }
  }

  private Optional<Operation.Box> box(CheckedNetwork checked) throws InputError {
    if (!box.isEmpty()) {
      if (box.size() != 2) {
        throw new InputError("--in takes two numbers, such as --in -1,1");
      }
      return Optional.of(new Operation.Box(box.getFirst(), box.getLast()));
    }
    // What a .nnet says of its inputs, where it says the same of all.
    return checked
        .network()
        .input()
        .box()
        .filter(sides -> sides.stream().distinct().count() == 1)
        .map(sides -> new Operation.Box(sides.getFirst().lower(), sides.getFirst().upper()));
  }

  private ImportedModel imported(Model.Whole whole, ImportForm form) throws InputError {
    try {
      return ModelImport.of(
          whole.network().checked(), whole.network().weights(), whole.sources(), form);
    } catch (NotExpressible e) {
      throw new InputError(
          model + " cannot be written as a text: " + e.getMessage() + "; `lipc certify` reads it");
    }
  }

  /** The weights first: a text without them would be one with a fault. */
  private static void write(Path text, Path weights, ImportedModel imported) throws InputError {
    try {
      AtomicFile.write(weights, Safetensors.write(imported.weights()));
      AtomicFile.write(text, DeclarationText.write(imported.declaration()));
    } catch (IOException e) {
      throw new InputError(text + " and " + weights + " cannot be written: " + e.getMessage());
    }
  }

  private void print(Path text, Path weights, ImportedModel imported, Optional<Certificate> proof) {
    Declaration declaration = imported.declaration();
    PrintWriter printer = spec.commandLine().getOut();
    Colours colours = Colours.of(spec.commandLine());
    String declared = Decimals.plain(declaration.lipschitz().orElseThrow().bound());
    String precision = declaration.precision().toString().toLowerCase(Locale.ROOT);
    printer.println(
        colours.fields(
            "text:     %s, network %s, %s".formatted(text, declaration.name(), precision)));
    long numbers =
        imported.weights().tensors().values().stream().mapToLong(tensor -> tensor.size()).sum();
    printer.println(
        colours.fields(
            "weights:  %s, %d tensors, %d numbers"
                .formatted(weights, imported.weights().tensors().size(), numbers)));
    printer.println(
        colours.fields(
            "bound:    "
                + declared
                + proof
                    .map(found -> ", proved by " + Quoted.of(found.method()))
                    .orElse(" as asked; `lipc certify " + text + "` proves it")));
    printer.flush();
  }
}
