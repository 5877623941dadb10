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
    checkInput(inputLength, inputSize);
    if (outputLength != outputSize) {
      throw wrongLength("output", outputLength, outputSize);
    }
  }

  /**
   * Refuses an input and its logits if they are of the wrong length.
   *
   * @throws IllegalArgumentException naming the length found and the one expected
   */
  public static void checkLogits(int inputLength, int inputSize, int logitsLength, int outputSize) {
    checkInput(inputLength, inputSize);
    if (logitsLength != outputSize) {
      throw wrongLength("logits", logitsLength, outputSize);
    }
  }

  static void checkInput(int length, int inputSize) {
    if (length != inputSize) {
      throw wrongLength("input", length, inputSize);
    }
  }

  /**
   * Refuses blocks that have too little room.
   *
   * @throws IllegalArgumentException naming the extent found and the one expected
   */
  public static void checkBlocks(
      float[][] inputs, int inputSize, float[][] outputs, int outputSize, int rows) {
    if (rows < 1 || rows > Transposed.ROWS) {
      throw new IllegalArgumentException(rows + " rows, expected 1 to " + Transposed.ROWS);
    }
    Transposed.check("inputs", inputs, inputSize, rows);
    Transposed.check("outputs", outputs, outputSize, rows);
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
