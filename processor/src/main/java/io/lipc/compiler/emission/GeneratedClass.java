package io.lipc.compiler.emission;

/** The outcome for a network's class of one backend. */
public sealed interface GeneratedClass {

  /**
   * The class was generated.
   *
   * @param name its qualified name
   * @param source its Java source
   */
  record Written(String name, String source) implements GeneratedClass {}

  /**
   * The class was not generated, and the network runs on the other backends alone.
   *
   * @param backend which has none
   * @param reason why, as a clause
   */
  record Omitted(Backend backend, String reason) implements GeneratedClass {}
}
