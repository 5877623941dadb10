package io.lipc.model.check;

import io.lipc.formats.Norm;
import io.lipc.model.Declaration;
import io.lipc.model.Property;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.ClaimDiagnostics;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The declared bound is one that can be true and that the certifier has a method for. A network
 * without one claims something else, and nothing that needs a bound.
 */
final class SpecCheck {

  private SpecCheck() {}

  static List<Finding> check(Declaration declaration) {
    if (declaration.lipschitz().isEmpty()) {
      return withoutBound(declaration);
    }
    Property.Lipschitz spec = declaration.lipschitz().get();
    List<Finding> findings = new ArrayList<>();
    if (!Property.Lipschitz.isValid(spec.bound())) {
      findings.add(new Finding(new Place.OfBound(), Diagnostics.boundInvalid(spec.bound())));
    }
    boolean euclidean = spec.inputNorm() == Norm.L2 && spec.outputNorm() == Norm.L2;
    if (!euclidean && declaration.weights() instanceof WeightsSource.Parameterized) {
      findings.add(
          new Finding(
              new Place.OfBound(),
              Diagnostics.normNotSupported(spec.inputNorm(), spec.outputNorm())));
    }
    return findings;
  }

  private static List<Finding> withoutBound(Declaration declaration) {
    String network = declaration.name();
    if (declaration.properties().isEmpty()) {
      return List.of(new Finding(new Place.OfNetwork(), Diagnostics.boundMissing(network)));
    }
    List<Finding> findings = new ArrayList<>();
    for (Property property : declaration.properties()) {
      if (property.needsBound()) {
        findings.add(
            new Finding(
                new Place.OfClaim(property.word()),
                ClaimDiagnostics.withoutBound(network, property)));
      }
    }
    if (declaration.weights() instanceof WeightsSource.Parameterized made) {
      findings.add(
          new Finding(
              new Place.OfParameters(),
              Diagnostics.constructionWithoutBound(network, made.construction().word())));
    }
    return findings;
  }
}
