package io.lipc.runtime.loading;

import io.lipc.certificate.ClaimKind;

/** The origin of the certificate of a claim beside a network's bound. */
public sealed interface ClaimSource {

  /**
   * A certificate that was compiled with the class.
   *
   * @param resource its name from the root of the class path
   * @param digest the SHA-256 digest of its text, in lower-case hexadecimal digits
   */
  record Shipped(String resource, String digest) implements ClaimSource {}

  /**
   * A certificate that the weights bring.
   *
   * @param kind of the claim
   */
  record Carried(ClaimKind kind) implements ClaimSource {}
}
