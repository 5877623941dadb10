package io.lipc.model.check;

import io.lipc.formats.NetworkName;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.WeightsSource;
import io.lipc.model.construction.ConstructionCheck;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs all checks on a declaration, and makes the {@link io.lipc.model.Network} that it means if
 * none of them finds a fault. Independent faults are all reported; what merely follows from a
 * reported fault is not.
 */
public final class DeclarationChecker {

  private DeclarationChecker() {}

  /**
   * The result of the checks.
   *
   * @param network present exactly if there are no findings
   * @param findings in the order of the checks, then of the source
   * @param warnings what is odd about a declaration without faults
   */
  public record Outcome(
      Optional<CheckedNetwork> network, List<Finding> findings, List<Finding> warnings) {
    public Outcome {
      findings = List.copyOf(findings);
      warnings = List.copyOf(warnings);
    }

    static Outcome refused(List<Finding> findings) {
      return new Outcome(Optional.empty(), findings, List.of());
    }
  }

  /** Checks {@code declaration}, whose calls are looked up in {@code scope}. */
  public static Outcome check(Declaration declaration, Scope scope) {
    List<Finding> findings = new ArrayList<>();
    StepGraph graph = NameCheck.resolve(declaration, findings);
    if (!NetworkName.isValid(declaration.name())) {
      findings.add(
          new Finding(new Place.OfNetwork(), Diagnostics.nameOfNetwork(declaration.name())));
    }
    findings.addAll(SpecCheck.check(declaration));
    findings.addAll(OperationCheck.check(declaration));
    findings.addAll(WeightsCheck.check(declaration));
    List<Integer> order = CycleCheck.topologicalOrder(declaration, graph, findings);
    if (order.size() == graph.size() && graph.fullyResolved()) {
      ReachabilityCheck.check(declaration, graph, findings);
    }
    ShapeCheck shapes = ShapeCheck.infer(declaration, graph, order, scope, findings);
    findings.addAll(PropertyCheck.ofOutput(declaration, shapes.output(), shapes.callees()));
    findings.addAll(LengthCheck.check(declaration, shapes.callees()));
    if (!findings.isEmpty() || !shapes.complete()) {
      return Outcome.refused(findings);
    }
    CheckedNetwork checked = Canonical.network(declaration, graph, shapes);
    findings.addAll(ScaledCheck.ofNetwork(checked));
    findings.addAll(LocalCheck.ofNetwork(checked));
    findings.addAll(MonotoneCheck.ofNetwork(checked));
    if (declaration.weights() instanceof WeightsSource.Parameterized parameterized) {
      findings.addAll(ConstructionCheck.check(declaration, checked, parameterized));
    }
    List<Finding> warnings = new ArrayList<>(UnusedClauses.of(declaration));
    warnings.addAll(shapes.unread());
    return findings.isEmpty()
        ? new Outcome(Optional.of(LocalCheck.resolved(checked)), findings, warnings)
        : Outcome.refused(findings);
  }
}
