package io.lipc.model.diagnostic;

import io.lipc.model.Property;

/** Messages about every property beside a bound. */
public final class ClaimDiagnostics {

  private ClaimDiagnostics() {}

  /** The error for a property that needs a declared bound beside it, where none is declared. */
  public static Diagnostic withoutBound(String network, Property further) {
    return Diagnostic.of(
            DiagnosticId.BOUND_INVALID,
            String.format(
                "network %s asks for %s, but declares no Lipschitz bound",
                network, further.phrase()))
        .required("a positive, finite bound beside the " + further.word())
        .found("none")
        .help("declare it: `certify lipschitz <= 2.0;` or @Lipschitz(2.0)");
  }
}
