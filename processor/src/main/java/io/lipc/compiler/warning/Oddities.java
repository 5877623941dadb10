package io.lipc.compiler.warning;

import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Subject;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.NetworkScope;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.reading.WeightsPhase;
import io.lipc.formats.Quoted;
import io.lipc.model.Declaration;
import io.lipc.model.LowerBound;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Step;
import io.lipc.model.UpperBound;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.LocalDiagnostics;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.Warnings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Warnings about a proved network, as far as its weights and its proof show them. */
public final class Oddities {

  private final NetworkScope scope;
  private final Search search;

  public Oddities(NetworkScope scope, Search search) {
    this.scope = scope;
    this.search = search;
  }

  /** The warnings about a proved network. */
  public List<Finding> of(
      Declaration declaration, WeightsPhase.Weighted weighted, Examination.Proved proved) {
    List<Finding> warnings = new ArrayList<>();
    unusedWeights(declaration, weighted).ifPresent(warnings::add);
    List<Finding> dead = DeadLayers.of(declaration, weighted.checked(), weighted.weights());
    warnings.addAll(dead);
    Overflows.of(declaration, weighted.checked(), proved.callee().subject())
        .ifPresent(warnings::add);
    if (dead.isEmpty() && proved.checked().network().global().isPresent()) {
      // A dead layer is reason enough for a bound that is never reached.
      looseBound(weighted, proved).ifPresent(warnings::add);
      warnings.addAll(looseLocal(proved));
    }
    return warnings;
  }

  /**
   * A warning if the proved bound is loose. In a build that proves the declared bound only, a lower
   * one is looked for here, and briefly. There the warning comes earlier if the search ended at a
   * first proof, because one that goes on may find less.
   */
  private Optional<Finding> looseBound(WeightsPhase.Weighted weighted, Examination.Proved proved) {
    Network network = weighted.checked().network();
    Subject subject = proved.callee().subject();
    UpperBound upper = new UpperBound(subject.certificate().lipschitz().bound());
    LowerBound known = proved.certification().evidence().lower();
    boolean first = known.value() == 0 && !search.isForLeast() && proved.isFirstProof();
    double enough = upper.value() / (first ? Warnings.LOOSE_FIRST : Warnings.LOOSE);
    LowerBound lower =
        known.value() > 0
            ? known
            : search.lower(network, weighted.weights(), subject.callees(), enough);
    if (lower.value() == 0 || lower.value() >= enough) {
      return Optional.empty();
    }
    double declared = network.lipschitz().bound();
    String method = Quoted.of(subject.certificate().method());
    return Optional.of(
        new Finding(
            new Place.OfBound(),
            lower.value() < upper.value() / Warnings.LOOSE
                ? Warnings.looseBound(declared, upper, lower, method)
                : Warnings.looseFirstProof(declared, upper, lower, method)));
  }

  /** Bounds on boxes that say no more than the bound for all inputs, between the same norms. */
  private static List<Finding> looseLocal(Examination.Proved proved) {
    Claim.Lipschitz everywhere = proved.callee().subject().certificate().lipschitz();
    return proved.claims().stream()
        .map(claim -> claim.subject().certificate().claim())
        .filter(Claim.Local.class::isInstance)
        .map(claim -> ((Claim.Local) claim).bound())
        .filter(
            bound ->
                bound.norms().equals(everywhere.norms()) && bound.bound() >= everywhere.bound())
        .map(
            bound ->
                new Finding(
                    new Place.OfClaim(ClaimKind.LOCAL.word()),
                    LocalDiagnostics.loose(
                        new UpperBound(bound.bound()), new UpperBound(everywhere.bound()))))
        .toList();
  }

  /**
   * Networks may share a file: what any of them names is used. So may be what one names whose
   * weights are free, and are read from any file.
   */
  private Optional<Finding> unusedWeights(Declaration declaration, WeightsPhase.Weighted weighted) {
    Network network = weighted.checked().network();
    Set<String> named = new HashSet<>();
    scope.declarations().stream()
        .filter(
            other ->
                other.weights().fileName().equals(network.weightsFile())
                    || other.weights() instanceof WeightsSource.Parameterized)
        .forEach(other -> named.addAll(tensors(other)));
    Set<String> unnamed = new TreeSet<>(weighted.sizes().keySet());
    unnamed.removeAll(named);
    long all = weighted.sizes().values().stream().mapToLong(Integer::longValue).sum();
    long numbers = unnamed.stream().mapToLong(name -> weighted.sizes().getOrDefault(name, 0)).sum();
    // A file of a network without weighted layers is an unused clause, which is said elsewhere.
    return 2 * numbers > all && !tensors(declaration).isEmpty()
        ? Optional.of(
            new Finding(
                new Place.OfWeights(),
                Warnings.weightsUnused(network.weightsFile().orElseThrow(), unnamed, numbers, all)))
        : Optional.empty();
  }

  private static Set<String> tensors(Declaration declaration) {
    Set<String> tensors = new HashSet<>();
    for (Step step : declaration.steps()) {
      if (step.operation() instanceof Operation.Weighted weighted) {
        String prefix = weighted.tensor().orElse(step.displayName());
        Stream.concat(weighted.roles().stream(), Stream.of("bias"))
            .forEach(role -> tensors.add(prefix + "." + role));
      }
    }
    for (Property.Further property : declaration.further()) {
      if (property instanceof Property.Scaled(_, Property.Scale.OfTensor(String name))) {
        tensors.add(name);
      }
    }
    return tensors;
  }
}
