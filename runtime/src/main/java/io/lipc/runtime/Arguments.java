package io.lipc.runtime;

/** The checks on arguments that generated classes share. */
public final class Arguments {

  private Arguments() {}

  /**
   * Refuses arrays of the wrong length.
   *
   * @throws IllegalArgumentException naming the length found and the one expected
   */
  public static void checkLengths(
      int inputLength, int inputSize, int outputLength, int outputSize) {
    if (inputLength != inputSize) {
      throw wrongLength("input", inputLength, inputSize);
    }
    if (outputLength != outputSize) {
      throw wrongLength("output", outputLength, outputSize);
    }
  }

  /** The exception for a workspace that another network made. */
  public static IllegalArgumentException foreignWorkspace(Workspace workspace, Class<?> network) {
    return new IllegalArgumentException(
        "workspace "
            + workspace.getClass().getName()
            + " is not one of "
            + network.getName()
            + "; call newWorkspace() on the network that you evaluate");
  }

  static void checkRows(int inputs, int outputs) {
    if (inputs != outputs) {
      throw new IllegalArgumentException(inputs + " input rows, but " + outputs + " output rows");
    }
  }

  private static IllegalArgumentException wrongLength(String array, int found, int expected) {
    return new IllegalArgumentException(
        array + " has " + found + " elements, expected " + expected);
  }
}
