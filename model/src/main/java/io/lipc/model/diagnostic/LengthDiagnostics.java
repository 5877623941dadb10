package io.lipc.model.diagnostic;

import io.lipc.model.Decimals;

/** Every message about vectors that are divided by their lengths, one named method each. */
public final class LengthDiagnostics {

  /** Below it, no network has a gain that anybody would declare. */
  private static final double LEAST_DECLARABLE = 0x1p-100;

  private LengthDiagnostics() {}

  /** The error for a division by a length where inputs may be any numbers, and so lengths too. */
  public static Diagnostic withoutBox(String layer) {
    return Diagnostic.of(
            DiagnosticId.LENGTH_NOT_SUPPORTED,
            "layer `" + layer + "` divides by a length, but the inputs have no box")
        .required("an interval of the inputs, on which lengths are shown to be `at_least` so large")
        .found("inputs that may be any numbers, and so lengths down to 0")
        .help(
            "declare the input region: `x: real[4] in [0.5, 1]` or @Input(value = 4, min = 0.5, max"
                + " = 1)");
  }

  /**
   * The error for a division by a length that depends on weights that are not there yet.
   *
   * @param free the network whose weights are free: this one, or one that it calls
   */
  public static Diagnostic freeWeights(String layer, String free) {
    return Diagnostic.of(
            DiagnosticId.LENGTH_NOT_SUPPORTED,
            String.format(
                "layer `%s` divides by a length, but the weights of `%s` are not known yet",
                layer, free))
        .required("weights of the network, and of all that it calls, from files")
        .found("free weights in `" + free + "`, which are known when it is loaded")
        .help("name there the trained weights: `weights \"file.safetensors\";` or @WeightsFile");
  }

  /**
   * The error for a length that is not shown to be as large as declared.
   *
   * @param declared what the layer says
   * @param proved a length that nothing is below that it reads
   */
  public static Diagnostic notProved(String layer, double declared, double proved) {
    Diagnostic message =
        Diagnostic.of(
                DiagnosticId.LENGTH_NOT_PROVED,
                String.format(
                    "layer `%s` reads vectors that are not shown to be at least %s long",
                    layer, Decimals.plain(declared)))
            .required("no vector that it reads shorter than that, for every input of the box")
            .found("vectors that are only known to be at least " + Decimals.down(proved) + " long")
            .reason(
                "ranges are passed through the layers one element at a time; a length is that of"
                    + " the vector of the elements' least magnitudes");
    return proved > LEAST_DECLARABLE
        ? message.help(
            String.format(
                "declare what is proved, `l2_normalize(%1$s)` or @L2Normalize(%1$s), whose gain is its"
                    + " inverse; or a smaller box of the inputs",
                declarable(proved)))
        : message.help(
            "declare a smaller box of the inputs, or add a constant element that no input moves,"
                + " such as the bias of a `dense` layer with a row of zeros");
  }

  /** A number that is proved as well once it is rounded to the network's format. */
  private static String declarable(double proved) {
    return Decimals.down(proved * (1 - 0x1p-20));
  }
}
