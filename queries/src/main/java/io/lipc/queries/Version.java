package io.lipc.queries;

/** The versions of VNN-LIB that are read. */
public enum Version {
  /** One network, whose inputs {@code X_i} and outputs {@code Y_i} have neither shape nor type. */
  V1_0("<1.0>"),
  /** Networks are declared, with shapes and element types. */
  V2_0("<2.0>"),
  /** As 2.0; what it adds, inputs with default values, is refused. */
  V2_1("<2.1>");

  private final String text;

  Version(String text) {
    this.text = text;
  }

  /** How queries write this version: {@code <2.0>}. */
  public String text() {
    return text;
  }
}
