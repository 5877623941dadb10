package io.lipc.tools;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.compiler.Batch;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.Examination;
import io.lipc.compiler.Library;
import io.lipc.compiler.NnetModel;
import io.lipc.compiler.Request;
import io.lipc.compiler.Search;
import io.lipc.dsl.ParsedNetwork;
import io.lipc.dsl.TextFinding;
import io.lipc.dsl.TextRenderer;
import io.lipc.model.Declaration;
import io.lipc.model.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Runs the compiler's phases on a model, up to the accepted certificate. */
final class Examiner {

  private final Method method;
  private final OptionalDouble bound;
  private final List<Integer> outputs;
  private final PairFiles pairs;

  /**
   * An examiner.
   *
   * @param bound the bound to prove instead of the declared one; empty for the declared one, or the
   *     best where a format has no declarations
   * @param outputs the outputs that the bound is about; empty for all
   */
  Examiner(MethodWord method, OptionalDouble bound, List<Integer> outputs, PairFiles pairs) {
    this.method = method(method);
    this.bound = bound;
    this.outputs = List.copyOf(outputs);
    this.pairs = pairs;
  }

  private static Method method(MethodWord word) {
    return switch (word) {
      case AUTO -> Method.AUTO;
      case NORM_PRODUCT -> Method.NORM_PRODUCT;
      case LAYERWISE_LMI -> Method.LAYERWISE_LMI;
    };
  }

  /**
   * What was found out about one network.
   *
   * @param certification empty where the declaration itself is at fault
   * @param messages the faults, ready to print
   */
  record Examined(String network, Optional<Certification> certification, List<String> messages) {

    boolean proved() {
      return messages.isEmpty()
          && certification.filter(Certification.Certified.class::isInstance).isPresent();
    }

    /** The best proof that the checker has accepted. */
    Optional<Subject> best() {
      return certification.flatMap(
          found ->
              switch (found) {
                case Certification.Certified certified -> Optional.of(certified.subject());
                case Certification.Inconclusive inconclusive -> inconclusive.best();
                case Certification.Violated violated -> violated.best();
              });
    }

    /** The text of the best certificate. */
    Optional<String> certificate() {
      return best().map(subject -> CertificateText.write(subject.certificate()));
    }
  }

  List<Examined> examine(Model model) throws InputError {
    return switch (model) {
      case Model.Text text -> examineText(text);
      case Model.NnetText nnet -> List.of(examineNnet(nnet));
    };
  }

  private Examined examineNnet(Model.NnetText nnet) throws InputError {
    NnetModel model = NnetModel.of(nnet.name(), nnet.file(), bound.orElse(Double.MAX_VALUE));
    checkOutputs(model.checked().network().outputShape().size());
    Certification certification =
        Certifier.certify(
            model.checked().network(),
            model.weights(),
            Map.of(),
            new Options(method, bound, outputs, 1, Options.Effort.REPORT));
    if (certification instanceof Certification.Violated violated) {
      pairs.write(model.checked().network(), violated);
    }
    return new Examined(nnet.name(), Optional.of(certification), List.of());
  }

  private void checkOutputs(int size) throws InputError {
    for (int output : outputs) {
      if (output < 0 || output >= size) {
        throw new InputError("there is no output " + output + "; outputs are 0 to " + (size - 1));
      }
    }
  }

  private List<Examined> examineText(Model.Text text) {
    List<Examined> all = new ArrayList<>();
    for (TextFinding finding : text.parsed().findings()) {
      String message = TextRenderer.render(text.source(), finding);
      all.add(new Examined(text.source().name(), Optional.empty(), List.of(message)));
    }
    List<Request> requests =
        text.parsed().networks().stream()
            .map(network -> new Request(asked(network.declaration()), text.source().name()))
            .toList();
    List<Examination> examinations =
        Compiler.examine(
            new Batch(requests, text.parsed().faulty()),
            new FolderFiles(text.folder()),
            Library.empty(),
            Search.with(method, outputs, Options.Effort.REPORT),
            pairs);
    for (ParsedNetwork network : text.parsed().networks()) {
      for (Examination examination : examinations) {
        if (examination.network().equals(network.declaration().name())) {
          all.add(examined(text, network, examination));
        }
      }
    }
    return all;
  }

  private Declaration asked(Declaration declaration) {
    if (bound.isEmpty()) {
      return declaration;
    }
    Declaration.Spec spec = new Declaration.Spec(bound.getAsDouble(), Norm.L2, Norm.L2);
    return declaration.withSpec(spec);
  }

  private static Examined examined(
      Model.Text text, ParsedNetwork network, Examination examination) {
    return switch (examination) {
      case Examination.Proved proved ->
          new Examined(proved.network(), Optional.of(proved.certification()), List.of());
      case Examination.Refused refused -> {
        List<String> messages =
            refused.findings().stream()
                .map(network.positions()::locate)
                .map(finding -> TextRenderer.render(text.source(), finding))
                .toList();
        List<String> why =
            messages.isEmpty()
                ? List.of(refused.network() + " calls a network that is refused")
                : messages;
        yield new Examined(refused.network(), refused.certification(), why);
      }
    };
  }
}
