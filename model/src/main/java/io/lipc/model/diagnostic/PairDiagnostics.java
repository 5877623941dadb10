package io.lipc.model.diagnostic;

import io.lipc.model.Property;
import io.lipc.model.Shape;

/** Every message about bounds of pairs of outputs, one named method each. */
public final class PairDiagnostics {

  private PairDiagnostics() {}

  /** The only output has none beside it. */
  public static Diagnostic oneOutput(String network) {
    return Diagnostic.of(
            DiagnosticId.PAIRS_NOT_SUPPORTED,
            "network " + network + " asks for bounds of pairs, but has one output")
        .required("at least two outputs")
        .found("one")
        .reason("a single output decides by its sign, and its radius divides by the bound itself")
        .help("remove `certify pairs;` or @Pairs: radii are the same without it");
  }

  /** The error for more pairs of outputs than a certificate may hold. */
  public static Diagnostic tooManyOutputs(String network, Shape output) {
    int most = Property.Pairs.MOST_OUTPUTS;
    return Diagnostic.of(
            DiagnosticId.PAIRS_NOT_SUPPORTED,
            String.format(
                "network %s asks for bounds of %d pairs, of %d outputs",
                network, pairs(output.size()), output.size()))
        .required(String.format("at most %d outputs, which have %d pairs", most, pairs(most)))
        .found("the output is " + output)
        .reason("each pair has a proof of its own in the certificate")
        .help("remove `certify pairs;` or @Pairs: radii then rest on the one declared bound");
  }

  private static long pairs(int outputs) {
    return (long) outputs * (outputs - 1) / 2;
  }

  /**
   * A bound of a pair is proved for given weights, and those of a called network are not there yet.
   *
   * @param network what asks for pairs
   * @param free the network whose weights are free: one that it calls, or that those call
   */
  public static Diagnostic freeCallee(String network, String free) {
    return Diagnostic.of(
            DiagnosticId.PAIRS_NOT_SUPPORTED,
            String.format(
                "network %s asks for bounds of pairs, but the weights of `%s` are not known yet",
                network, free))
        .required("weights of all called networks, from files")
        .found("free weights in `" + free + "`, which are known when it is loaded")
        .help("declare pairs there instead: they are proved when its trained weights are frozen")
        .help("or name there the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /** The bound of the network is proved, and that of some pair of its outputs is not. */
  public static Diagnostic notCertified(String network) {
    return Diagnostic.of(
            DiagnosticId.PAIRS_NOT_CERTIFIED,
            "no bound was proved of some pair of outputs of network " + network)
        .required("a bound of the difference of each two outputs, with a proof")
        .found("a proof of the declared bound, and none of a pair")
        .reason(
            "each search ended in double arithmetic or when its budget was spent, or the checker"
                + " accepted none of its proofs")
        .help("give the search more time: --budget 2m, or -Alipc.certify.budget=2m")
        .help("or remove `certify pairs;` or @Pairs: radii then rest on the one declared bound");
  }
}
