package io.lipc.compiler.proof;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.DividedLengths;
import io.lipc.compiler.reading.LayerPlaces;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LengthDiagnostics;
import java.util.List;
import java.util.Map;

/** The lengths that a network divides by, before a bound is sought. */
final class LengthProofs {

  private LengthProofs() {}

  /**
   * The layers whose lengths are not shown to be as large as declared.
   *
   * @param units the network's, one for each layer and some behind them
   * @param weights its own, as they were read
   */
  static List<Finding> notProved(
      Declaration declaration,
      CheckedNetwork checked,
      List<Unit> units,
      Weights weights,
      Map<String, Subject> callees) {
    return DividedLengths.notProved(checked.network(), units, weights, callees).stream()
        .map(
            known ->
                new Finding(
                    LayerPlaces.of(declaration, checked, known.unit()),
                    LengthDiagnostics.notProved(
                        checked.nameOf(known.unit()), known.declared(), known.proved())))
        .toList();
  }
}
