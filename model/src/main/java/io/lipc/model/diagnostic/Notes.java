package io.lipc.model.diagnostic;

/** Every note, one named method each: what was written is fine, and this follows from it. */
public final class Notes {

  private Notes() {}

  /** The generated class has no radii, because nothing bounds its rounding errors. */
  public static Diagnostic noInputBox(String network) {
    return Diagnostic.of(
            DiagnosticId.NO_INPUT_BOX,
            "network " + network + " declares no box of inputs, so every certified radius is 0")
        .note("the proved Lipschitz bound holds for all inputs nevertheless")
        .help(
            "for radii declare the input region: `in [-1, 1]`, or @Input(..., min = -1, max = 1)");
  }
}
