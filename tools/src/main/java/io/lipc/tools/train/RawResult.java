package io.lipc.tools.train;

import io.lipc.certificate.Subject;

/**
 * The result of training in the units of the table.
 *
 * @param <E> how networks do on test rows
 * @param standardising the network, and its statistics
 * @param subject its weights and the called network, with the certificate of the least bound that
 *     was needed or found
 * @param evaluation on the test rows, at distances in the table's units
 * @param verified whether the checker accepts the certificate that was written
 */
record RawResult<E>(Standardising standardising, Subject subject, E evaluation, boolean verified) {

  String network() {
    return standardising.network().network().name();
  }

  double bound() {
    return subject.certificate().lipschitz().bound();
  }

  double declared() {
    return standardising.network().network().lipschitz().bound();
  }

  /** Whether the network compiles as it is declared. */
  boolean isProved() {
    return verified && bound() <= declared();
  }
}
