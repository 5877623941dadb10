package io.lipc.tools;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.model.Decimals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lipc verify CERTIFICATE MODEL}: the checker alone; no class of the certifier is loaded.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a certificate against a model, by the independent checker alone.")
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "CERTIFICATE",
      description = "A certificate, or weights that carry one.")
  private Path certificate = Path.of("");

  @Parameters(index = "1", paramLabel = "MODEL", description = "A .lip, .nnet or .onnx file.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws InputError {
    ModelNetworks networks = ModelNetworks.read(Model.read(model), model);
    Subject subject = new CertificateFiles(networks).subject(certificate);
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> refusal = refusal(networks, subject);
    out.println(refusal.map(reason -> "rejected: " + reason).orElseGet(() -> accepted(subject)));
    out.flush();
    return refusal.isEmpty() ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }

  private Optional<String> refusal(ModelNetworks networks, Subject subject) throws InputError {
    return switch (CertificateChecker.check(subject)) {
      case Verdict.Rejected rejected ->
          Optional.of(rejected.reason().words() + ": " + rejected.detail());
      case Verdict.Accepted _ when isCarried() && subject.certificate().hasFreeWeights() ->
          Optional.of("the certificate is about free parameters, and says nothing about weights");
      // Only what is well formed can be compared.
      case Verdict.Accepted _ ->
          networks
              .difference(subject)
              .map(difference -> "the certificate is of another network: " + difference);
    };
  }

  private boolean isCarried() {
    return CertificateFiles.isWeights(certificate);
  }

  private static String accepted(Subject subject) {
    Certificate claim = subject.certificate();
    return "accepted: "
        + claim.network()
        + ModelUnits.selection(claim).map(outputs -> ", outputs " + outputs + " alone,").orElse("")
        + " is "
        + Decimals.up(claim.bound())
        + "-Lipschitz "
        + NormWords.sentence(claim.norms())
        + " (exactly "
        + Double.toHexString(claim.bound())
        + ")"
        + (subject.isEvaluable() ? "" : ", for every value of its free parameters");
  }
}
