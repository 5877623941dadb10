package io.lipc.model.check;

import io.lipc.formats.Norm;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.Signature;
import io.lipc.model.diagnostic.CallDiagnostics;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks that called networks exist and fit their callers, and finds the shapes that they give. */
final class CallCheck {

  private final Declaration declaration;
  private final Scope scope;
  private final List<Finding> findings;
  private final Map<Integer, Signature> callees = new TreeMap<>();

  CallCheck(Declaration declaration, Scope scope, List<Finding> findings) {
    this.declaration = declaration;
    this.scope = scope;
    this.findings = findings;
  }

  /** The qualified name of the network that a step calls. */
  String calleeOf(int step) {
    Signature callee = callees.get(step);
    if (callee == null) {
      throw new IllegalStateException("step " + step + " calls nothing");
    }
    return callee.network();
  }

  /** The networks that were found, in the order of the steps that call them. */
  List<Signature> callees() {
    return List.copyOf(callees.values());
  }

  /**
   * The shape of a call's result; none if the call has a fault, which is reported.
   *
   * @param in the shape of the operand, where it has one
   */
  Optional<Shape> result(int index, Operation.Call call, Optional<Shape> in) {
    return switch (scope.lookup(call.network())) {
      case Scope.Lookup.Unknown _ -> {
        report(
            new Place.OfStep(index), CallDiagnostics.unknownNetwork(call.network(), scope.names()));
        yield Optional.empty();
      }
      case Scope.Lookup.Unreadable unreadable -> {
        report(
            new Place.OfStep(index),
            CallDiagnostics.calleeNotReadable(call.network(), unreadable.reason()));
        yield Optional.empty();
      }
      case Scope.Lookup.Faulty _ -> Optional.empty();
      case Scope.Lookup.Found found -> checked(index, call, found.signature(), in);
    };
  }

  private Optional<Shape> checked(
      int index, Operation.Call call, Signature signature, Optional<Shape> in) {
    callees.put(index, signature);
    if (signature.precision() != declaration.precision()) {
      report(
          new Place.OfStep(index),
          CallDiagnostics.callPrecision(
              signature.network(),
              signature.precision(),
              declaration.name(),
              declaration.precision()));
      return Optional.empty();
    }
    signature
        .bound()
        .ifPresentOrElse(
            bound -> checkNorms(index, call, signature, bound),
            () ->
                report(
                    new Place.OfStep(index),
                    CallDiagnostics.calleeWithoutBound(signature.network(), declaration.name())));
    if (in.isPresent() && !in.get().equals(signature.input())) {
      report(
          new Place.OfStep(index),
          CallDiagnostics.callShape(signature.network(), signature.input(), in.get()));
      return Optional.empty();
    }
    return Optional.of(signature.output());
  }

  /**
   * Checks the norms of a call: in a network from l2 the gains of calls are measured in l2, in one
   * from linf in linf. A bound between other norms can be used as well, mostly at the cost of a
   * factor of dimension, so only when asked.
   */
  private void checkNorms(
      int index, Operation.Call call, Signature callee, Property.Lipschitz bound) {
    if (declaration.lipschitz().isEmpty()) {
      return;
    }
    Property.Lipschitz spec = declaration.lipschitz().get();
    Norm used = spec.inputNorm();
    boolean same = bound.inputNorm() == used && bound.outputNorm() == used;
    boolean converts = call.via().equals(Optional.of(bound.inputNorm()));
    if (!same && !converts) {
      report(
          new Place.OfStep(index),
          CallDiagnostics.normMismatch(
              callee, bound, declaration.name(), spec.inputNorm(), spec.outputNorm()));
    }
  }

  private void report(Place place, Diagnostic diagnostic) {
    findings.add(new Finding(place, diagnostic));
  }
}
