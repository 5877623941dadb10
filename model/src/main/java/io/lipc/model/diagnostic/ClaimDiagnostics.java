package io.lipc.model.diagnostic;

import io.lipc.model.Property;

/** What is said of every property beside a bound. */
public final class ClaimDiagnostics {

  private ClaimDiagnostics() {}

  /** It stands beside a bound, and none is declared. */
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
