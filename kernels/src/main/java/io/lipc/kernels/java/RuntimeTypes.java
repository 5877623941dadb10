package io.lipc.kernels.java;

import com.palantir.javapoet.ClassName;

/**
 * The types that generated code refers to, by name: the compiler does not depend on the run-time
 * library. A test compares these names with the classes.
 */
public final class RuntimeTypes {

  static final String PACKAGE = "io.lipc.runtime";

  static final ClassName ACTIVATIONS = ClassName.get(PACKAGE, "Activations");
  static final ClassName ARGUMENTS = ClassName.get(PACKAGE, "Arguments");
  static final ClassName FLOAT_BATCHES = ClassName.get(PACKAGE, "FloatBatches");
  static final ClassName GRID = ClassName.get("io.lipc.certificate.linear", "Grid");
  static final ClassName WINDOW = ClassName.get("io.lipc.certificate.linear", "Window");
  static final ClassName IMAGE_LAYOUT = ClassName.get(PACKAGE, "ImageLayout");
  static final ClassName LOADER = ClassName.get(PACKAGE, "NetworkLoader");
  static final ClassName LOAD_EXCEPTION = ClassName.get(PACKAGE, "NetworkLoadException");

  /** The type from which accessors read constants. */
  public static final ClassName PARAMETERS = ClassName.get(PACKAGE, "CertifiedParameters");

  static final ClassName TRANSPOSED = ClassName.get(PACKAGE, "Transposed");
  static final ClassName WORKSPACE = ClassName.get(PACKAGE, "Workspace");

  private RuntimeTypes() {}
}
