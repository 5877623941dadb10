package io.lipc.tools.local;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.EarlyEnd;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.command.NormOptions;
import io.lipc.tools.command.PartsOption;
import io.lipc.tools.command.Stopwatch;
import io.lipc.tools.files.Callees;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.ModelNetworks;
import io.lipc.tools.files.OnnxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lipc local MODEL}: a bound, or trends, for the inputs of a box. */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    description = {
      "Proves a Lipschitz bound of one network for the inputs of a box.",
      "It cuts the box into parts until the bound is as good as any, or until the budget ends;"
          + " Ctrl-C ends it early, with what is proved by then."
    })
public final class LocalCommand implements Callable<Integer> {

  private static final String BUDGET = "10s";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Mixin private BoxOptions box = new BoxOptions();

  @Mixin private NormOptions norms = new NormOptions();

  @Option(
      names = "--bound",
      paramLabel = "L",
      description = "The bound to prove. Default: the least that is found.")
  private Optional<Double> bound = Optional.empty();

  @Option(
      names = "--leads",
      paramLabel = "largest|smallest",
      converter = Leads.Words.class,
      description =
          "Asks whether one output is the largest, or the smallest, for all inputs of the box: the"
              + " class cannot change there. Default: not asked.")
  private Optional<Leads> leads = Optional.empty();

  @Option(
      names = "--slopes",
      description =
          "Also says how far each output moves with each input: inputs in different units have"
              + " numbers of their own.")
  private boolean slopes;

  @Mixin private TrendOptions trends = new TrendOptions();

  @Mixin private NetworkOption network = new NetworkOption();

  @Mixin private OnnxOptions onnx = new OnnxOptions();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "How long all may take, such as 500ms, 5s or 2m. Default: ${DEFAULT-VALUE}.",
      defaultValue = BUDGET)
  private String budget = BUDGET;

  @Mixin private PartsOption parts = new PartsOption();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "Writes the certificate of a bound for all inputs to this file, and that of the answer"
              + " beside it; of several radii to one file each, such as c-0.1.json for c.json."
              + " Default: none is written.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Goes on from the parts of the box in the certificate beside this one, which an earlier"
              + " run has written. Default: from the whole box.")
  private Optional<Path> resume = Optional.empty();

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "Draws the bounds of several radii. Default: no drawing.")
  private Optional<Path> plot = Optional.empty();

  @Option(
      names = "--json",
      description = "Prints one JSON object, whose members are in docs/json.md.")
  private boolean json;

  /** Created by picocli. */
  public LocalCommand() {}

  @Override
  public Integer call() throws InputError {
    check();
    Duration time = Budgets.parse(budget);
    Stopwatch watch = Stopwatch.start();
    try (EarlyEnd early = EarlyEnd.listening()) {
      Deadline end = Budgets.end(time).or(early::isAsked);
      Model read = onnx.read(model, Budgets.reading(time));
      ModelNetworks networks = ModelNetworks.read(read, model);
      CheckedNetwork checked = networks.weighted(read.chosen(network, model)).checked();
      checkOutputs(checked.network());
      // What is wrong with a box is said before anything is proved.
      List<BoxOptions.Boxed> boxes =
          box.read(checked.network().input().shape().size(), checked.network().input().box());
      List<Interval> first = boxes.getFirst().sides();
      BoxTree start =
          resume.isPresent()
              ? BoxSearch.earlier(resume.get(), first, networks)
              : new BoxTree.Leaf();
      BoxSearch search = new BoxSearch(parts.most(), start, spec.commandLine().getErr());
      Subject proved = new Proved(networks, end.part(Proved.SHARE)).of(checked.network().name());
      OnBox asked = new OnBox(checked, proved, first, search, end);
      int code = box.isEach() ? each(asked, boxes, watch) : one(asked, watch);
      early.answered(code);
      return code;
    }
  }

  private int one(OnBox asked, Stopwatch watch) throws InputError {
    LocalAnswer answer;
    if (trends.isGiven()) {
      Network about = asked.checked().network();
      answer = asked.trends(trends.read(about.input().shape().size(), about.outputShape().size()));
    } else if (leads.isPresent()) {
      // The norm of boxes.
      Norm from = norms.from().orElse(Norm.LINF);
      answer = asked.ofClass(from, leads.get() == Leads.SMALLEST);
    } else {
      answer = asked.bound(wanted(), wantedNorms(), slopes);
    }
    LocalReport report = report(answer, asked.sides(), watch, certificate);
    return print(report.text(), report::json, answer.isProved());
  }

  /** The same for each radius, with its share of the time that is left. */
  private int each(OnBox asked, List<BoxOptions.Boxed> boxes, Stopwatch watch) throws InputError {
    List<LocalCurve.Sized> all = new ArrayList<>();
    for (BoxOptions.Boxed one : boxes) {
      double radius = one.radius().orElseThrow();
      double share = 1.0 / (boxes.size() - all.size());
      Stopwatch own = Stopwatch.start();
      LocalAnswer.Bound answer =
          asked.of(one.sides(), asked.end().part(share)).bound(wanted(), wantedNorms(), slopes);
      Optional<Path> file = certificate.map(path -> LocalCurve.file(path, radius));
      LocalReport report = report(answer, one.sides(), own, file);
      all.add(new LocalCurve.Sized(radius, answer, report));
    }
    LocalCurve curve =
        new LocalCurve(model, asked.proved(), wantedNorms().toString(), all, watch.seconds());
    if (plot.isPresent()) {
      write(plot.get(), curve.svg());
    }
    return print(curve.text(), curve::json, curve.isProved());
  }

  private static void write(Path file, String drawing) throws InputError {
    try {
      AtomicFile.write(file, drawing);
    } catch (IOException e) {
      throw new InputError("the drawing " + file + " cannot be written: " + e.getMessage());
    }
  }

  private OptionalDouble wanted() {
    return bound.isPresent() ? OptionalDouble.of(bound.get()) : OptionalDouble.empty();
  }

  private Norms wantedNorms() {
    return new Norms(norms.from().orElse(Norm.L2), norms.to().orElse(Norm.L2));
  }

  private void check() throws InputError {
    if (bound.isPresent() && !Property.Lipschitz.isValid(bound.get())) {
      throw new InputError("--bound " + bound.get() + " is not positive and finite");
    }
    if (trends.isGiven()
        && (bound.isPresent()
            || leads.isPresent()
            || resume.isPresent()
            || slopes
            || norms.from().isPresent()
            || norms.to().isPresent())) {
      throw new InputError(
          "--increasing and --decreasing ask for trends, and --bound, --leads, --slopes, --from,"
              + " --to and --resume are about a bound: ask twice");
    }
    if (box.isEach()
        && (trends.isGiven()
            || leads.isPresent()
            || bound.isPresent()
            || slopes
            || resume.isPresent())) {
      throw new InputError(
          "several radii ask for a table of bounds, and --bound, --leads, --slopes, --increasing,"
              + " --decreasing and --resume are about one box: ask for one radius");
    }
    if (plot.isPresent() && !box.isEach()) {
      throw new InputError(
          "--plot draws bounds by radius: give two or more, as in --radius 0.1,0.2");
    }
    if (leads.isPresent() && (bound.isPresent() || slopes || norms.to().isPresent())) {
      throw new InputError(
          "--leads asks about differences of outputs, and --bound, --slopes and --to are about"
              + " outputs: ask twice");
    }
    // What is wrong with it is said before anything is read.
    parts.most();
  }

  private void checkOutputs(Network about) throws InputError {
    if (leads.isPresent() && about.outputShape().size() == 1) {
      throw new InputError(about.name() + " has one output, over which no other can take the lead");
    }
  }

  private int print(String text, Supplier<JsonObject> object, boolean proved) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.write(object.get()) : text);
    out.flush();
    return proved ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  private LocalReport report(
      LocalAnswer answer, List<Interval> sides, Stopwatch watch, Optional<Path> file)
      throws InputError {
    double seconds = watch.seconds();
    Optional<Path> written = file.filter(_ -> answer.certificate().isPresent());
    if (written.isPresent()) {
      write(written.get(), answer.about(), answer.certificate().get());
    }
    return new LocalReport(model, answer, UnitLists.box(sides), seconds, written);
  }

  private static void write(Path file, Subject network, Subject own) throws InputError {
    try {
      Callees.write(
          file,
          network,
          Map.of(
              network.certificate().network(), List.of(new ProvedClaim(own, 0, Optional.empty()))));
    } catch (IOException e) {
      throw new InputError("the certificate " + file + " cannot be written: " + e.getMessage());
    }
  }
}
