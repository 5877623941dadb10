package io.lipc.compiler.library;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.margin.PairBounds;

/**
 * Bounds of the differences of a network's outputs, which the checker has accepted.
 *
 * @param bounds one for each two outputs
 * @param seconds what the search for them took; 0 where they were known beforehand
 */
public record ProvedPairs(PairBounds bounds, double seconds) {

  /** The text of their certificate, exactly as it was checked and as it is shipped. */
  public String certificate() {
    return CertificateText.write(bounds.subject().certificate());
  }
}
