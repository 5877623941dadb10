package io.lipc.runtime.loading;

/** Where the certificate of the pairs of a network's outputs comes from. */
public sealed interface PairSource {

  /** Nobody has asked for bounds of pairs. */
  record None() implements PairSource {}

  /**
   * It was compiled with the class.
   *
   * @param resource its name from the root of the class path
   * @param digest the SHA-256 digest of its text, in lower-case hexadecimal digits
   */
  record Shipped(String resource, String digest) implements PairSource {}

  /** The weights bring it. */
  record Carried() implements PairSource {}
}
