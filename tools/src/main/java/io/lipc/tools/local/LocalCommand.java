package io.lipc.tools.local;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.Lead;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.LeadSearch;
import io.lipc.certifier.LocalBracket;
import io.lipc.certifier.MonotoneSearch;
import io.lipc.certifier.SearchListener;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.tools.command.Budgets;
import io.lipc.tools.command.EarlyEnd;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NetworkOption;
import io.lipc.tools.command.NormOptions;
import io.lipc.tools.command.Question;
import io.lipc.tools.command.Stopwatch;
import io.lipc.tools.files.Callees;
import io.lipc.tools.files.Carried;
import io.lipc.tools.files.CertificateFiles;
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

  /** The first bound for all inputs may take so much of it; nearly always it takes little. */
  private static final double FOR_NETWORK = 0.7;

  /** A tree of more takes the checker minutes. */
  private static final int MOST_PARTS = 1 << 16;

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

  @Option(
      names = "--parts",
      paramLabel = "N",
      description =
          "The most parts that the box is cut into. With a budget that suffices, the answer then"
              + " depends on nothing else. Default: ${DEFAULT-VALUE}.")
  private int parts = MOST_PARTS;

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
      CheckedNetwork checked = networks.weighted(name(read)).checked();
      checkOutputs(checked.network());
      // What is wrong with a box is said before anything is proved.
      List<BoxOptions.Boxed> boxes =
          box.read(checked.network().input().shape().size(), checked.network().input().box());
      Subject proved = new Proved(networks, end.part(FOR_NETWORK)).of(checked.network().name());
      Asked asked = new Asked(checked, proved, networks, end);
      int code =
          box.isEach() ? each(asked, boxes, watch) : one(asked, boxes.getFirst().sides(), watch);
      early.answered(code);
      return code;
    }
  }

  /**
   * The network that is asked about.
   *
   * @param proved the same with a bound for all inputs
   * @param networks all of its model
   * @param end when there has to be an answer
   */
  private record Asked(
      CheckedNetwork checked, Subject proved, ModelNetworks networks, Deadline end) {

    Asked by(Deadline other) {
      return new Asked(checked, proved, networks, other);
    }
  }

  private int one(Asked asked, List<Interval> sides, Stopwatch watch) throws InputError {
    LocalAnswer answer;
    if (trends.isGiven()) {
      answer = trends(asked, sides);
    } else if (leads.isPresent()) {
      answer = ofClass(asked, sides);
    } else {
      answer = bound(asked, sides);
    }
    LocalReport report = report(answer, sides, watch, certificate);
    return print(report.text(), report::json, answer.isProved());
  }

  /** The same for each radius, with its share of the time that is left. */
  private int each(Asked asked, List<BoxOptions.Boxed> boxes, Stopwatch watch) throws InputError {
    List<LocalCurve.Sized> all = new ArrayList<>();
    for (BoxOptions.Boxed one : boxes) {
      double radius = one.radius().orElseThrow();
      double share = 1.0 / (boxes.size() - all.size());
      Stopwatch own = Stopwatch.start();
      LocalAnswer.Bound answer = bound(asked.by(asked.end.part(share)), one.sides());
      Optional<Path> file = certificate.map(path -> LocalCurve.file(path, radius));
      LocalReport report = report(answer, one.sides(), own, file);
      all.add(new LocalCurve.Sized(radius, answer, report));
    }
    LocalCurve curve =
        new LocalCurve(model, asked.proved, asked(Norm.L2).toString(), all, watch.seconds());
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

  /** The norms of the options, where they say them. */
  private Norms asked(Norm usual) {
    return new Norms(norms.from().orElse(usual), norms.to().orElse(usual));
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
    if (parts < 1 || parts > BoxTree.MAX_LEAVES) {
      throw new InputError(
          "--parts " + parts + ": a box has from 1 to " + BoxTree.MAX_LEAVES + " parts");
    }
  }

  private void checkOutputs(Network about) throws InputError {
    if (leads.isPresent() && about.outputShape().size() == 1) {
      throw new InputError(about.name() + " has one output, over which no other can take the lead");
    }
  }

  private String name(Model read) throws InputError {
    Question question = Question.of(network.name());
    return switch (read) {
      case Model.Text text ->
          question
              .of(text.parsed().networks())
              .map(found -> found.declaration().name())
              .orElseThrow(() -> network.missingIn(model));
      case Model.Whole whole -> {
        question.checkName(whole.name());
        yield whole.name();
      }
    };
  }

  private LocalAnswer.Bound bound(Asked asked, List<Interval> sides) throws InputError {
    OptionalDouble wanted =
        bound.isPresent() ? OptionalDouble.of(bound.get()) : OptionalDouble.empty();
    // A bound that nobody asks for is the least that is found, above any number.
    Property.Local question =
        checked(asked.checked, local(wanted.orElse(Double.MIN_VALUE), asked(Norm.L2), sides));
    // One more look at all parts.
    Deadline end = slopes ? asked.end.part(0.85) : asked.end;
    LocalBracket.Found found = search(sides, asked.networks).of(question, asked.proved, end);
    Optional<List<List<Double>>> moves =
        slopes
            ? Optional.of(
                LocalBracket.slopes(question, asked.proved, found, asked.end).orElse(List.of()))
            : Optional.empty();
    return new LocalAnswer.Bound(asked.proved, question, wanted, found, moves);
  }

  private static Property.Local local(double bound, Norms norms, List<Interval> sides) {
    return new Property.Local(
        new Property.Lipschitz(bound, norms.input(), norms.output()),
        new Property.Region.Sides(sides));
  }

  private BoxSearch search(List<Interval> sides, ModelNetworks networks) throws InputError {
    return new BoxSearch(parts, start(sides, networks), spec.commandLine().getErr());
  }

  private LocalAnswer ofClass(Asked asked, List<Interval> sides) throws InputError {
    // The norm of boxes.
    Norm from = norms.from().orElse(Norm.LINF);
    checked(asked.checked, local(1, new Norms(from, Norm.LINF), sides));
    boolean smallest = leads.filter(Leads.SMALLEST::equals).isPresent();
    Optional<Lead> found = Lead.of(asked.proved, from, UnitLists.box(sides), smallest);
    if (found.isEmpty()) {
      return new LocalAnswer.OfClass(asked.proved, from, Optional.empty());
    }
    Lead lead = found.get();
    Subject differences =
        LeadSearch.differences(asked.proved, lead, asked.end.part(FOR_NETWORK))
            .orElseThrow(
                () ->
                    Proved.unproved(
                        "the differences of outputs of " + asked.checked.network().name()));
    Property.Local question = local(lead.enough(), lead.norms(), sides);
    LocalBracket.Found searched =
        search(sides, asked.networks).of(question, differences, asked.end);
    return new LocalAnswer.OfClass(
        asked.proved, from, Optional.of(new LocalAnswer.Led(lead, differences, searched)));
  }

  private LocalAnswer trends(Asked asked, List<Interval> sides) throws InputError {
    Network about = asked.checked.network();
    List<Property.Trend> all =
        trends.read(about.input().shape().size(), about.outputShape().size());
    Property.Monotone question =
        checked(asked.checked, new Property.Monotone(all, new Property.Region.Sides(sides)));
    Optional<Subject> found =
        FurtherSearch.certify(
            question, asked.proved, asked.end.left(), asked.end.part(0.8), SearchListener.NONE);
    Optional<MonotoneSearch.Reason> reason =
        found.isPresent()
            ? Optional.empty()
            : Optional.of(MonotoneSearch.reason(question, asked.proved, asked.end));
    return new LocalAnswer.Trends(asked.proved, question, found, reason);
  }

  /** The question, about a network that can have it, on a box within its declared intervals. */
  private static <P extends Property.Further> P checked(CheckedNetwork network, P asked)
      throws InputError {
    DeclarationChecker.Further checked = DeclarationChecker.check(network, asked);
    if (!checked.findings().isEmpty()) {
      throw new InputError(checked.findings().getFirst().diagnostic().message());
    }
    return asked;
  }

  /** The parts of the box that an earlier certificate has. */
  private BoxTree start(List<Interval> sides, ModelNetworks networks) throws InputError {
    if (resume.isEmpty()) {
      return new BoxTree.Leaf();
    }
    Certificate earlier = earlier(resume.get(), networks);
    if (!(earlier.claim() instanceof Claim.Local local
        && local.box().equals(UnitLists.box(sides)))) {
      throw new InputError(Quoted.of(resume.get().toString()) + " is about another box");
    }
    return earlier.proofs().getFirst().witness() instanceof PositivityWitness.Rows rows
        ? rows.boxes()
        : new BoxTree.Leaf();
  }

  private static Certificate earlier(Path file, ModelNetworks networks) throws InputError {
    Carried found = new CertificateFiles(networks).find(file);
    Optional<Certificate> local =
        found instanceof Carried.Whole whole
            ? Optional.ofNullable(whole.further().get(ClaimKind.LOCAL))
            : Optional.empty();
    return local.orElseThrow(
        () ->
            new InputError(
                "beside "
                    + Quoted.of(file.toString())
                    + " stands no certificate of a local bound"));
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
