package io.lipc.tools;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.checker.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.formats.Weights;
import io.lipc.model.Decimals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  @Parameters(index = "0", paramLabel = "CERTIFICATE", description = "A certificate.")
  private Path certificate = Path.of("");

  @Parameters(index = "1", paramLabel = "MODEL", description = "A .lip or .nnet file.")
  private Path model = Path.of("");

  @Override
  public Integer call() throws InputError {
    ModelNetworks networks = ModelNetworks.read(Model.read(model), model);
    Subject subject = subject(certificate, networks, Set.of());
    Certificate claim = subject.certificate();
    PrintWriter out = spec.commandLine().getOut();
    Verdict verdict = CertificateChecker.check(subject);
    Optional<String> difference = networks.difference(subject);
    switch (verdict) {
      case Verdict.Rejected rejected ->
          out.println("rejected: " + rejected.reason().words() + ": " + rejected.detail());
      case Verdict.Accepted _ when difference.isPresent() ->
          out.println("rejected: the certificate is of another network: " + difference.get());
      case Verdict.Accepted accepted ->
          out.println(
              "accepted: "
                  + claim.network()
                  + " is "
                  + Decimals.up(accepted.bound())
                  + "-Lipschitz from l2 to l2 (exactly "
                  + Double.toHexString(accepted.bound())
                  + ")");
    }
    out.flush();
    return verdict instanceof Verdict.Accepted && difference.isEmpty()
        ? ExitCode.PROVED
        : ExitCode.NOT_PROVED;
  }

  private static Subject subject(Path file, ModelNetworks networks, Set<String> callers)
      throws InputError {
    try {
      byte[] text = Files.readAllBytes(file);
      Certificate read = CertificateText.read(new String(text, StandardCharsets.UTF_8));
      Set<String> path = new TreeSet<>(callers);
      if (!path.add(read.network())) {
        throw new InputError("the certificate of " + read.network() + " calls itself");
      }
      Map<String, Subject> callees = new HashMap<>();
      for (Unit unit : read.units()) {
        if (unit instanceof Unit.Call call && !callees.containsKey(call.network())) {
          callees.put(call.network(), subject(Callees.file(file, call.network()), networks, path));
        }
      }
      Weights weights = networks.weights(read.network());
      return new Subject(read, Digest.of(text), weights, callees);
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file, e));
    } catch (FormatException e) {
      throw new InputError(file + " is no certificate: " + e.getMessage());
    }
  }
}
