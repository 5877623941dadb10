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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What has been written, as whoever reads it will see it.
 *
 * @param weights all tensors of the file
 * @param trained what the certificate in the file is about
 */
record WrittenWeights(Weights weights, Subject trained) {

  /**
   * Reads a file that training wrote.
   *
   * @throws IOException if it cannot be read back
   */
  static WrittenWeights read(Path file) throws IOException {
    byte[] written = Files.readAllBytes(file);
    try {
      Certificate certificate = CertifiedFile.certificate(written).orElseThrow();
      Weights weights = Safetensors.read(written);
      return new WrittenWeights(
          weights,
          new Subject(certificate, CertificateText.digest(certificate), weights, Map.of()));
    } catch (FormatException e) {
      throw new IOException("what was written cannot be read back: " + e.getMessage(), e);
    }
  }

  /** Whether the checker accepts the certificate in the file. */
  boolean isAccepted() {
    return isAcceptedOf(trained);
  }

  /**
   * Whether the checker accepts a certificate of a network that calls the trained one.
   *
   * @param caller the certificate; of its weights, those of the file count
   */
  boolean isAccepted(Subject caller) {
    Certificate certificate = caller.certificate();
    return isAcceptedOf(
        new Subject(
            certificate,
            CertificateText.digest(certificate),
            weights,
            Map.of(trained.certificate().network(), trained)));
  }

  private static boolean isAcceptedOf(Subject subject) {
    return subject.isEvaluable() && CertificateChecker.check(subject) instanceof Verdict.Accepted;
  }
}
