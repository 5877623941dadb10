package io.lipc.compiler.proof;

/** The destination of pairs of inputs that show a declared bound to be false. */
public interface Counterexamples {

  /**
   * Writes a pair.
   *
   * @param network the qualified name of the network
   * @param json the pair, as a JSON object
   * @return where it is, as a clause for a message
   */
  String write(String network, String json);
}
