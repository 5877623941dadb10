package io.lipc.model.check;

import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.Declaration;
import io.lipc.model.Network;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Signature;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Declarations for tests, and what the checker says about them. */
public final class Declarations {

  public static final WeightsSource GIVEN = new WeightsSource.Given("w.safetensors");
  private static final Optional<Property.Lipschitz> SPEC =
      Optional.of(new Property.Lipschitz(1, Norm.L2, Norm.L2));

  private Declarations() {}

  public static Declaration of(String output, Step... steps) {
    return new Declaration(
        "p.N",
        "",
        SPEC.stream().<Property>map(spec -> spec).toList(),
        GIVEN,
        ElementType.F32,
        List.of(steps),
        Optional.of(output),
        Optional.empty());
  }

  public static Declaration with(
      Declaration d, Optional<Property.Lipschitz> spec, WeightsSource weights) {
    return new Declaration(
        d.name(),
        d.documentation(),
        spec.stream().<Property>map(bound -> bound).toList(),
        weights,
        d.precision(),
        d.steps(),
        d.output(),
        d.result());
  }

  static Declaration returning(Declaration d, Integer... extents) {
    return new Declaration(
        d.name(),
        d.documentation(),
        d.properties(),
        d.weights(),
        d.precision(),
        d.steps(),
        d.output(),
        Optional.of(List.of(extents)));
  }

  public static Step input(String name, Integer... extents) {
    return Step.named(name, new Operation.Input(List.of(extents), Optional.empty()), List.of());
  }

  static Step dense(String name, int outputs, String... operands) {
    Operation dense = new Operation.Dense(outputs, true, Optional.empty());
    return Step.named(name, dense, List.of(operands));
  }

  static Step relu(String name, String... operands) {
    return Step.named(name, activate(PointwiseKind.RELU), List.of(operands));
  }

  static Step add(String name, String... operands) {
    return Step.named(name, new Operation.Linear(new Sum()), List.of(operands));
  }

  static Step inner(String binding, int index, Operation operation, String... operands) {
    return new Step(
        Step.innerName(binding, index), Optional.of(binding), operation, List.of(operands));
  }

  public static Operation activate(ActivationKind kind, Double... parameters) {
    return new Operation.Activate(kind.with(List.of(parameters)));
  }

  static DeclarationChecker.Outcome check(Declaration declaration) {
    return DeclarationChecker.check(declaration, Scope.empty());
  }

  public static Network network(Declaration declaration) {
    DeclarationChecker.Outcome outcome = check(declaration);
    if (!outcome.findings().isEmpty()) {
      throw new AssertionError(outcome.findings().toString());
    }
    return outcome.network().orElseThrow().network();
  }

  /** Each finding as {@code id place: summary}. */
  static List<String> findings(Declaration declaration) {
    return findings(declaration, Scope.empty());
  }

  public static List<String> findings(Declaration declaration, Scope scope) {
    List<String> shown = new ArrayList<>();
    DeclarationChecker.Outcome outcome = DeclarationChecker.check(declaration, scope);
    for (Finding finding : outcome.findings()) {
      Diagnostic diagnostic = finding.diagnostic();
      shown.add(diagnostic.id().word() + " " + finding.place() + ": " + diagnostic.summary());
    }
    if (outcome.network().isPresent() != shown.isEmpty()) {
      throw new AssertionError("a network exactly if there is no finding: " + shown);
    }
    return shown;
  }

  /** A scope with these signatures and these faulty networks. */
  public static Scope scope(Map<String, Signature> found, Set<String> faulty) {
    return new Scope() {
      @Override
      public Lookup lookup(String name) {
        if (faulty.contains(name)) {
          return new Lookup.Faulty();
        }
        Signature signature = found.get(name);
        return signature == null ? new Lookup.Unknown() : new Lookup.Found(signature);
      }

      @Override
      public Set<String> names() {
        return found.keySet();
      }
    };
  }
}
