package io.lipc.compiler.library;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.margin.PairBounds;
import java.time.Instant;
import java.util.Optional;

/**
 * Bounds of the differences of a network's outputs, which the checker has accepted.
 *
 * @param bounds one for each two outputs
 * @param seconds what the search for them took; 0 where they were known beforehand
 * @param cached when the cache got them, where they are from there
 */
public record ProvedPairs(PairBounds bounds, double seconds, Optional<Instant> cached) {

  /** The text of their certificate, exactly as it was checked and as it is shipped. */
  public String certificate() {
    return CertificateText.write(bounds.subject().certificate());
  }
}
