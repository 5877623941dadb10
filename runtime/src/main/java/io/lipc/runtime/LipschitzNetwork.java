package io.lipc.runtime;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.checker.Verdict;

/** What every generated network offers, whatever its precision. Implementations are thread-safe. */
public interface LipschitzNetwork {

  /** The number of elements that the network reads. */
  int inputSize();

  /** The number of elements that the network gives. */
  int outputSize();

  /** The certified bound, l2 to l2, of the exact real-valued function with the loaded weights. */
  double lipschitzBound();

  /** The certificate that the bound comes from. */
  Certificate certificate();

  /**
   * Runs the independent checker on the certificate and the loaded weights, callees included.
   * Loading compares digests only; this is the full check, as costly as at compile time.
   */
  Verdict verify();
}
