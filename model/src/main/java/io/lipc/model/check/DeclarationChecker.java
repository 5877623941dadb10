package io.lipc.model.check;

import io.lipc.formats.NetworkName;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Property;
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

  /** A bound for the network of a question about something else. */
  private static final Property.Lipschitz ANY =
      new Property.Lipschitz(Double.MAX_VALUE, Norm.L2, Norm.L2);

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
    findings.addAll(DerivativeCheck.ofNetwork(checked));
    if (declaration.weights() instanceof WeightsSource.Parameterized parameterized) {
      findings.addAll(ConstructionCheck.check(declaration, checked, parameterized));
    }
    List<Finding> warnings = new ArrayList<>(UnusedClauses.of(declaration));
    warnings.addAll(shapes.unread());
    return findings.isEmpty()
        ? new Outcome(Optional.of(LocalCheck.resolved(checked)), findings, warnings)
        : Outcome.refused(findings);
  }

  /**
   * A further property of a network that has passed all checks, with numbers of elements for names.
   *
   * @param findings why the network cannot have it; then {@code property} is empty
   */
  public record Further(Optional<Property.Further> property, List<Finding> findings) {
    public Further {
      findings = List.copyOf(findings);
    }
  }

  /** Checks a request for a region, which nobody has declared, about a checked network. */
  public static Further check(CheckedNetwork checked, Property.Further asked) {
    Network network = checked.network();
    CheckedNetwork alone =
        new CheckedNetwork(
            new Network(
                network.name(),
                List.of(network.global().orElse(ANY), asked),
                network.weights(),
                network.precision(),
                network.layers()),
            checked.stepNames(),
            checked.documentation(),
            checked.inputs());
    List<Finding> findings = new ArrayList<>(LocalCheck.ofNetwork(alone));
    findings.addAll(DerivativeCheck.ofNetwork(alone));
    return findings.isEmpty()
        ? new Further(
            Optional.of(LocalCheck.resolved(alone).network().further().getFirst()), findings)
        : new Further(Optional.empty(), findings);
  }
}
