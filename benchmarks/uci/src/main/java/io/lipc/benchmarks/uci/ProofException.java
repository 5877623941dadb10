package io.lipc.benchmarks.uci;

/** No bound of trained weights was proved. */
final class ProofException extends Exception {

  private static final long serialVersionUID = 1;

  ProofException(String message) {
    super(message);
  }
}
