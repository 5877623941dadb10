package io.lipc.tools.certify;

import io.lipc.certificate.Norms;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.DividedLengths;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.SearchListener;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.reading.Batch;
import io.lipc.compiler.reading.Request;
import io.lipc.dsl.Allowances;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.TextFinding;
import io.lipc.linalg.Deadline;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NormWords;
import io.lipc.tools.command.Question;
import io.lipc.tools.files.FolderFiles;
import io.lipc.tools.files.ImportedTexts;
import io.lipc.tools.files.Message;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.PairFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs the compiler's phases on a model, up to the accepted certificate. */
public final class Examiner {

  /** Time budget when a person waits at the command line. */
  static final Duration BUDGET = Duration.ofSeconds(60);

  /** The share of the budget that reading the weights of a text may take. */
  private static final double FOR_READING = 0.8;

  private final Options options;
  private final Question question;
  private final PairFiles pairs;
  private final SearchListener listener;
  private final Optional<Duration> budget;

  /** The deadline of the whole budget. */
  private final Deadline end;

  Examiner(Method method, Question question, PairFiles pairs) {
    this(method, Optional.of(BUDGET), Deadline.in(BUDGET), question, pairs, SearchListener.NONE);
  }

  /**
   * Asks by one method.
   *
   * @param budget for all networks that are asked about; empty for no limit
   * @param end when it is spent
   */
  public Examiner(
      Method method,
      Optional<Duration> budget,
      Deadline end,
      Question question,
      PairFiles pairs,
      SearchListener listener) {
    this.options =
        new Options(method, question.bound(), question.outputs(), 1, Options.Effort.REPORT, budget);
    this.question = question;
    this.pairs = pairs;
    this.listener = listener;
    this.budget = budget;
    this.end = end;
  }

  /**
   * The method that an option names. Options are texts until they are used: picocli creates those
   * of every command at once, and {@code lipc verify} loads no class of the certifier.
   */
  static Method method(String word) throws InputError {
    return Method.asked(word)
        .orElseThrow(
            () ->
                new InputError(
                    "there is no method `"
                        + word
                        + "`; there are "
                        + Method.askable().stream()
                            .map(Method::word)
                            .collect(Collectors.joining(", "))));
  }

  /** Examines each network of a model, callees first. */
  public List<Examined> examine(Model model) throws InputError {
    return switch (model) {
      case Model.Text text -> examineText(text);
      case Model.Whole whole -> List.of(examineWhole(whole));
    };
  }

  /** The number of outputs of the network in question; 0 where a faulty text does not say it. */
  static int outputSize(Model model, Question question) {
    return switch (model) {
      case Model.Text text ->
          question
              .of(text.parsed().networks())
              .flatMap(network -> network.declaration().result())
              .map(extents -> extents.stream().reduce(1, Math::multiplyExact))
              .orElse(0);
      case Model.Whole whole -> whole.network().checked().network().outputShape().size();
    };
  }

  private Examined examineWhole(Model.Whole model) throws InputError {
    question.checkName(model.name());
    Network network = question.asked(model.network().checked().network());
    question.checkOutputs(network.outputShape().size());
    requireBox(model.name(), network);
    Certification certification =
        Certifier.certify(network, model.network().weights(), Map.of(), whole(), listener);
    if (certification instanceof Certification.Violated violated) {
      pairs.write(network, violated);
    }
    Norms norms = UnitLists.claimOf(network.lipschitz()).norms();
    return new Examined(
        model.name(),
        norms,
        question.bound(),
        Optional.of(certification),
        Map.of(),
        Optional.empty(),
        List.of());
  }

  /** A file of a model has no box of inputs, on which lengths could be shown. */
  private static void requireBox(String name, Network network) throws InputError {
    if (DividedLengths.isIn(network) && network.input().box().isEmpty()) {
      throw new InputError(
          "%s divides by a length, and lipc shows on a box of the inputs that it is no smaller than the model says; `lipc import MODEL --in LOW,HIGH --bound L` writes a text that declares both"
              .formatted(name));
    }
  }

  /** The network that is asked about, after the faults of the text and the networks it calls. */
  private List<Examined> examineText(Model.Text text) throws InputError {
    List<ParsedNetwork> networks = text.parsed().networks();
    Optional<ParsedNetwork> found = question.of(networks);
    if (found.isEmpty()) {
      return faults(text, List.of());
    }
    ParsedNetwork target = found.get();
    Declaration declaration = target.declaration();
    question.checkBound(declaration);
    if (!isBounded(question.asked(declaration)) && options.method() != Method.AUTO) {
      throw new InputError(
          "network %s declares no Lipschitz bound, and --method is for the search for one; --bound says which"
              .formatted(declaration.name()));
    }
    if (declaration.result().isPresent()) {
      int size = declaration.result().get().stream().reduce(1, Math::multiplyExact);
      question.checkOutputs(size);
    }
    List<Examined> all = examine(text, Question.withCallees(target, networks), declaration.name());
    List<Examined> last =
        all.stream().filter(one -> one.network().equals(declaration.name())).toList();
    all.removeAll(last);
    all.addAll(last);
    return all;
  }

  /** A declaration that claims nothing is at fault for the lack of a bound. */
  private static boolean isBounded(Declaration declaration) {
    return declaration.lipschitz().isPresent() || declaration.properties().isEmpty();
  }

  /** Every network of a text, as declared, after the faults of the text. */
  public List<Examined> examineAll(Model.Text text) {
    List<Examined> all = examine(text, text.parsed().networks(), "");
    List<Message> warnings =
        text.parsed().warnings().stream()
            .map(warning -> Message.of(text, Optional.empty(), warning))
            .toList();
    if (!all.isEmpty()) {
      all.set(0, all.getFirst().after(warnings));
    }
    return all;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> union = new HashSet<>(some);
    union.addAll(others);
    return union;
  }

  private static List<Examined> faults(Model.Text text, Collection<TextFinding> imports) {
    List<Examined> all = new ArrayList<>();
    List<TextFinding> findings = new ArrayList<>(text.parsed().findings());
    findings.addAll(imports);
    String name = text.source().name();
    for (TextFinding finding : findings) {
      Message message = Message.of(text, Optional.empty(), finding);
      all.add(Examined.atFault(name, message));
    }
    return all;
  }

  /**
   * @param target the network that the question is about; what it calls is taken as declared
   */
  private List<Examined> examine(Model.Text text, List<ParsedNetwork> networks, String target) {
    List<Request> requests = new ArrayList<>();
    ImportedTexts imported = ImportedTexts.of(text);
    for (ParsedNetwork network : imported.networks()) {
      requests.add(new Request(network.declaration(), text.source().name()));
    }
    for (ParsedNetwork network : networks) {
      requests.add(new Request(asked(network.declaration(), target), text.source().name()));
    }
    Search search =
        Search.with(
            options,
            timing(requests),
            network -> network.name().equals(target) ? question.outputs() : List.of(),
            listener);
    List<Examination> examinations =
        Compiler.examine(
            new Batch(requests, union(text.parsed().faulty(), imported.faulty())),
            new FolderFiles(text.folder(), end.part(FOR_READING)),
            Library.empty(),
            search,
            pairs);
    List<Examined> all = faults(text, imported.faults());
    Map<String, List<ProvedClaim>> proved = claims(examinations);
    for (ParsedNetwork network : networks) {
      for (Examination examination : examinations) {
        if (examination.network().equals(network.declaration().name())) {
          Declaration asked = asked(network.declaration(), target);
          all.add(examined(text, network, asked, examination, proved));
        }
      }
    }
    return all;
  }

  private Options whole() {
    return new Options(
        options.method(),
        options.bound(),
        options.outputs(),
        options.seed(),
        options.effort(),
        budget,
        end);
  }

  /** A network that asks for more than its bound is searched for more than once. */
  private Timing timing(List<Request> requests) {
    long more =
        requests.stream()
            .flatMap(request -> request.declaration().further().stream())
            .filter(Property.Further::takesSearch)
            .count();
    return budget
        .<Timing>map(of -> new Timing.Whole(of, end, requests.size() + (int) more))
        .orElseGet(Timing.Unlimited::new);
  }

  private static Map<String, List<ProvedClaim>> claims(List<Examination> examinations) {
    Map<String, List<ProvedClaim>> claims = new TreeMap<>();
    for (Examination examination : examinations) {
      if (examination instanceof Examination.Proved proved && !proved.claims().isEmpty()) {
        claims.put(proved.network(), proved.claims());
      }
    }
    return claims;
  }

  private Declaration asked(Declaration declared, String target) {
    return declared.name().equals(target) ? question.asked(declared) : declared;
  }

  private static Examined examined(
      Model.Text text,
      ParsedNetwork network,
      Declaration asked,
      Examination examination,
      Map<String, List<ProvedClaim>> claims) {
    Norms norms = NormWords.of(asked);
    OptionalDouble bound =
        asked.lipschitz().stream().mapToDouble(Property.Lipschitz::bound).findFirst();
    List<Message> messages =
        examination.said().stream()
            .map(network.positions()::locate)
            .filter(finding -> !Allowances.allows(text.source(), finding))
            .map(finding -> Message.of(text, Optional.of(examination.network()), finding))
            .toList();
    return switch (examination) {
      case Examination.Proved proved ->
          new Examined(
              proved.network(),
              norms,
              bound,
              Optional.of(proved.certification()),
              claims,
              Optional.empty(),
              messages);
      case Examination.Refused refused ->
          new Examined(
              refused.network(),
              norms,
              bound,
              refused.certification(),
              claims,
              ClaimStates.of(asked, refused),
              messages.isEmpty() ? List.of(Message.ofRefusedCallee(refused.network())) : messages);
    };
  }
}
