package io.lipc.tools.build;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.compiler.library.Library;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.OneLine;
import io.lipc.tools.command.ClaimWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks the checker about the certificates of a module, as a user of its classes could: digests say
 * that a certificate is the one that a class was made with, and not that it is true.
 *
 * @param classes the folder of classes and of {@code META-INF/lipc}
 * @param library finds the networks of this module, and those that they call
 */
record ModuleCheck(Path classes, Library library) {

  /** The state of a certificate. */
  sealed interface Outcome {

    /** The checker has accepted it, and those of other claims. */
    record Accepted() implements Outcome {}

    /**
     * The checker was not asked.
     *
     * @param reason why, as a clause
     */
    record Unchecked(String reason) implements Outcome {}

    /**
     * The certificate proves nothing.
     *
     * @param reason why, as a clause
     */
    record Rejected(String reason) implements Outcome {}
  }

  Outcome of(String network) throws IOException {
    return switch (library.find(network)) {
      case Library.Result.Found found -> of(network, found.callee().subject());
      case Library.Result.Unreadable unreadable -> new Outcome.Unchecked(unreadable.reason());
      case Library.Result.Unknown _ -> new Outcome.Unchecked("it is not in the class output");
    };
  }

  private Outcome of(String network, Subject subject) throws IOException {
    if (CertificateChecker.check(subject) instanceof Verdict.Rejected rejected) {
      return new Outcome.Rejected(OneLine.of(rejected.reason().words() + ": " + rejected.detail()));
    }
    for (ClaimKind kind : ClaimKind.further()) {
      Path file = classes.resolve(kind.resource(network));
      Optional<String> fault =
          Files.isRegularFile(file)
              ? fault(subject, BoundedFile.readRegular(file))
              : Optional.empty();
      if (fault.isPresent()) {
        return new Outcome.Rejected(OneLine.of(ClaimWords.subject(kind) + ": " + fault.get()));
      }
    }
    return new Outcome.Accepted();
  }

  private static Optional<String> fault(Subject subject, byte[] text) {
    try {
      FurtherClaims.checked(subject, CertificateText.read(text));
      return Optional.empty();
    } catch (FormatException | Rejection e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
