package io.lipc.tools.train;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Weights;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The written weights, as a reader of the files sees them.
 *
 * @param weights all tensors of the file of each network
 * @param trained the certificates in the files of those that were trained
 */
record WrittenWeights(Map<String, Weights> weights, Map<String, Certificate> trained) {

  WrittenWeights {
    weights = Map.copyOf(weights);
    trained = Map.copyOf(trained);
  }

  /**
   * Reads what training wrote.
   *
   * @param trainee names the networks
   * @throws IOException if a file cannot be read back
   */
  static WrittenWeights read(Trainee trainee, Frozen frozen, Destination destination)
      throws IOException {
    Set<String> networks = new TreeSet<>(frozen.files().keySet());
    trainee.raw().ifPresent(raw -> networks.add(raw.network().name()));
    Map<String, Weights> weights = new TreeMap<>();
    Map<String, Certificate> trained = new TreeMap<>();
    try {
      for (String network : networks) {
        weights.put(network, Safetensors.read(Files.readAllBytes(destination.file(network))));
      }
      for (FrozenNetwork one : frozen.trained()) {
        byte[] written = Files.readAllBytes(destination.file(one.name()));
        trained.put(one.name(), CertifiedFile.certificate(written).orElseThrow());
      }
    } catch (FormatException e) {
      throw new IOException("the written file cannot be read back: " + e.getMessage(), e);
    }
    return new WrittenWeights(weights, trained);
  }

  /**
   * Whether the checker accepts the certificates of a network, and of those that it calls, and they
   * are those of {@code subject}: the bound that is reported. Another program may have written
   * another proved network into the same files meanwhile.
   *
   * @param subject the reported network, whose weights count as they stand in the files
   */
  boolean isAccepted(Subject subject) {
    Subject read = read(subject);
    return read.isEvaluable()
        && hasCertificatesOf(read, subject)
        && CertificateChecker.check(read) instanceof Verdict.Accepted;
  }

  private static boolean hasCertificatesOf(Subject read, Subject subject) {
    return read.digest().equals(subject.digest())
        && subject.callees().entrySet().stream()
            .allMatch(
                callee ->
                    hasCertificatesOf(
                        Objects.requireNonNull(read.callees().get(callee.getKey())),
                        callee.getValue()));
  }

  private Subject read(Subject subject) {
    String network = subject.certificate().network();
    Certificate certificate = trained.getOrDefault(network, subject.certificate());
    Map<String, Subject> callees = new TreeMap<>();
    subject.callees().forEach((name, callee) -> callees.put(name, read(callee)));
    return new Subject(
        certificate,
        CertificateText.digest(certificate),
        weights.getOrDefault(network, subject.weights()),
        callees);
  }
}
