package io.lipc.compiler;

/** What became of a network's class for devices. */
public sealed interface DeviceClass {

  /**
   * It is generated.
   *
   * @param name its qualified name
   * @param source its Java source
   */
  record Written(String name, String source) implements DeviceClass {}

  /**
   * It is not, and the network runs on the JVM alone.
   *
   * @param reason why, as a clause
   */
  record Omitted(String reason) implements DeviceClass {}
}
