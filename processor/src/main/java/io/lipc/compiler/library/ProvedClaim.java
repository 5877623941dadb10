package io.lipc.compiler.library;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * A claim beside a network's bound, which the checker has accepted.
 *
 * @param subject its certificate, with all that it is about
 * @param seconds what the search for it took; 0 where it was known beforehand
 * @param cached when the cache got it, where it is from there
 */
public record ProvedClaim(Subject subject, double seconds, Optional<Instant> cached) {

  /** Which kind of claim it is. */
  public ClaimKind kind() {
    return subject.certificate().claim().kind();
  }

  /** The text of its certificate, exactly as it was checked and as it is shipped. */
  public String certificate() {
    return CertificateText.write(subject.certificate());
  }
}
