package io.lipc.model;

/**
 * What a caller has to know of a network.
 *
 * @param network its qualified name
 * @param input the shape that it reads
 * @param output the shape that it gives
 * @param inputNorm the norm of its bound's input side
 * @param outputNorm the norm of its bound's output side
 * @param precision the numbers that it computes with
 */
public record Signature(
    String network,
    Shape input,
    Shape output,
    Norm inputNorm,
    Norm outputNorm,
    Precision precision) {

  /** The signature that a checked network offers to its callers. */
  public static Signature of(Network network) {
    return new Signature(
        network.name(),
        network.input().shape(),
        network.outputShape(),
        network.spec().inputNorm(),
        network.spec().outputNorm(),
        network.precision());
  }
}
