package io.lipc.tools.certify;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.OneLine;
import io.lipc.model.LipschitzSpec;
import io.lipc.model.Norm;
import io.lipc.tools.command.ExitCode;
import io.lipc.tools.command.InputError;
import io.lipc.tools.command.NormWords;
import io.lipc.tools.files.CertificateFiles;
import io.lipc.tools.files.Model;
import io.lipc.tools.files.ModelNetworks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lipc verify CERTIFICATE MODEL}: the checker alone; no class of the certifier is loaded.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a certificate against a model, by the independent checker alone.",
      "It says which bound is proved, whatever that is; --at-most says what you need."
    })
public final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "CERTIFICATE",
      description = "A certificate, or weights that carry one.")
  private Path certificate = Path.of("");

  @Parameters(index = "1", paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Option(
      names = "--at-most",
      paramLabel = "L",
      description =
          "The bound that you need: a certificate of a larger one is refused. Default: any bound.")
  private Optional<Double> atMost = Optional.empty();

  @Option(
      names = "--norms",
      split = ",",
      converter = NormWords.class,
      paramLabel = "NORM",
      description =
          "The norms that you need, of the inputs and of the outputs: l2 or linf each, as in"
              + " linf,l2. A certificate between others is refused. Default: any norms.")
  private List<Norm> norms = new ArrayList<>();

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "I",
      description =
          "The outputs that the bound has to be about, from 0. Default, once a bound or norms are"
              + " asked for: all.")
  private List<Integer> outputs = new ArrayList<>();

  @Option(
      names = "--json",
      description =
          "Prints one JSON object: version, verdict (accepted, not as asked, rejected), reason,"
              + " bound (exact, and a decimal that is not below it; null unless proved), norms,"
              + " outputs, whether weights are free, digests.")
  private boolean json;

  @Override
  public Integer call() throws InputError {
    Asked asked = asked();
    ModelNetworks networks = ModelNetworks.read(Model.read(model), model);
    Subject subject = new CertificateFiles(networks).subject(certificate);
    Verification verification =
        refusal(networks, subject)
            .map(reason -> Verification.rejected(subject, asked, OneLine.of(reason)))
            .orElseGet(() -> Verification.accepted(subject, asked));
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? verification.json(certificate, model) : verification.text());
    out.flush();
    return verification.answer() == Verification.Answer.ACCEPTED
        ? ExitCode.PROVED
        : ExitCode.NOT_PROVED;
  }

  private Asked asked() throws InputError {
    if (atMost.isPresent() && !LipschitzSpec.isValid(atMost.get())) {
      throw new InputError("--at-most " + atMost.get() + " is not positive and finite");
    }
    if (norms.size() != 0 && norms.size() != 2) {
      throw new InputError(
          "--norms takes two, that of the inputs and that of the outputs, as in --norms linf,l2");
    }
    return new Asked(
        atMost.isPresent() ? OptionalDouble.of(atMost.get()) : OptionalDouble.empty(),
        norms.isEmpty()
            ? Optional.empty()
            : Optional.of(NormWords.of(norms.getFirst(), norms.getLast())),
        outputs);
  }

  /**
   * What is wrong, as a clause. Everything is compared with the model before anything is computed:
   * a certificate of somebody else may be about units that take for ever, a model is one's own.
   */
  private Optional<String> refusal(ModelNetworks networks, Subject subject) throws InputError {
    if (CertificateFiles.isWeights(certificate) && subject.certificate().hasFreeWeights()) {
      return Optional.of(
          "the certificate is about free parameters, and says nothing about weights");
    }
    Optional<String> difference = networks.difference(subject);
    if (difference.isPresent()) {
      return difference.map(what -> "the certificate is of another network: " + what);
    }
    return switch (CertificateChecker.check(subject)) {
      case Verdict.Rejected rejected ->
          Optional.of(rejected.reason().words() + ": " + rejected.detail());
      case Verdict.Accepted _ -> Optional.empty();
    };
  }
}
