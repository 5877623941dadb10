package io.lipc.model.check;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.model.Decimals;
import io.lipc.model.Declaration;
import io.lipc.model.Interval;
import io.lipc.model.LinearOperation;
import io.lipc.model.Operation;
import io.lipc.model.Shape;
import io.lipc.model.Step;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ParameterDomain;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ShapeDiagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each operation by itself: sizes, constants, and activations that have finite slopes. */
final class OperationCheck {

  private OperationCheck() {}

  static List<Finding> check(Declaration declaration) {
    List<Finding> findings = new ArrayList<>();
    List<Step> steps = declaration.steps();
    for (int i = 0; i < steps.size(); i++) {
      check(steps.get(i), i, declaration, findings);
    }
    if (findings.isEmpty()) {
      checkInputs(declaration, findings);
    }
    return findings;
  }

  private static void check(Step step, int index, Declaration declaration, List<Finding> findings) {
    Place argument = new Place.OfArgument(index);
    switch (step.operation()) {
      case Operation.Input input -> checkInput(step, index, input, findings);
      case Operation.Dense dense -> {
        if (!Shape.isValid(List.of(dense.outputs()))) {
          String what = "layer `" + step.displayName() + "`";
          findings.add(
              new Finding(
                  argument,
                  ShapeDiagnostics.sizeOutOfRange(what, String.valueOf(dense.outputs()))));
        }
      }
      case Operation.Convolve convolve ->
          ImageShapes.faults(step.displayName(), convolve)
              .forEach(fault -> findings.add(new Finding(argument, fault)));
      case Operation.AveragePooling(Optional<Window> window) ->
          window
              .map(moved -> ImageShapes.faults(step.displayName(), moved))
              .orElse(List.of())
              .forEach(fault -> findings.add(new Finding(argument, fault)));
      case Operation.MaxPooling(Window window) ->
          ImageShapes.faults(step.displayName(), window)
              .forEach(fault -> findings.add(new Finding(argument, fault)));
      case Operation.Normalize normalize ->
          checkEpsilon(step, normalize.epsilon(), declaration.precision(), argument, findings);
      case Operation.Activate activate ->
          checkActivation(activate.activation(), declaration.precision(), argument, findings);
      case Operation.Linear(LinearMap map) -> {
        LinearOperation.wholesOf(map)
            .flatMap(indices -> notAPermutation(step, indices))
            .ifPresent(fault -> findings.add(new Finding(argument, fault)));
        String factor = "the factor of `" + step.displayName() + "`";
        checkConstants(factor, map.constants(), declaration.precision(), argument, findings);
      }
      case Operation.Refused refused ->
          findings.add(
              new Finding(
                  new Place.OfStep(index),
                  Diagnostics.activationNotSlopeRestricted(
                      refused.activation(), step.displayName(), declaration.name())));
      case Operation.Reshape reshape ->
          reshape
              .extents()
              .filter(extents -> !Shape.isValid(extents))
              .ifPresent(extents -> findings.add(sizeOutOfRange(step, index, "layer", extents)));
      case Operation.Call _ -> {
        // Nothing to check before the operands' shapes are known.
      }
    }
  }

  private static void checkEpsilon(
      Step step, double epsilon, ElementType precision, Place argument, List<Finding> findings) {
    if (!(epsilon >= 0 && Double.isFinite(precision.round(epsilon)))) {
      findings.add(
          new Finding(
              argument,
              Diagnostics.constantInvalid(
                  "the epsilon of `" + step.displayName() + "`",
                  "a finite " + precision + " number that is not negative",
                  Decimals.plain(epsilon))));
    }
  }

  private static Optional<Diagnostic> notAPermutation(Step step, List<Integer> indices) {
    return unfit(indices)
        .map(i -> Diagnostics.notAPermutation(step.displayName(), i, indices.size()));
  }

  /** The first of a list that keeps it from being a permutation. */
  private static Optional<Integer> unfit(List<Integer> indices) {
    Set<Integer> seen = new HashSet<>();
    for (int index : indices) {
      if (index < 0 || index >= indices.size() || !seen.add(index)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private static void checkActivation(
      Activation activation, ElementType precision, Place argument, List<Finding> findings) {
    String word = activation.kind().word();
    int before = findings.size();
    checkConstants(
        "a parameter of `" + word + "`", activation.parameters(), precision, argument, findings);
    if (findings.size() > before) {
      return;
    }
    checkDomain(activation, precision, argument, findings);
    Optional<Activation.Violation> violation =
        activation.rounded(precision) instanceof Activation.Grouped grouped
            ? grouped.violated()
            : Optional.empty();
    if (violation.isPresent()) {
      int parameter = violation.get().parameter();
      String name = activation.kind().parameterNames().get(parameter);
      String found = Decimals.plain(activation.parameters().get(parameter));
      String required = violation.get().required();
      findings.add(
          new Finding(
              argument,
              Diagnostics.constantInvalid("the " + name + " of `" + word + "`", required, found)));
    }
  }

  /** Checks the number that the network computes with: a small one may round to 0. */
  private static void checkDomain(
      Activation activation, ElementType precision, Place argument, List<Finding> findings) {
    String what = "a parameter of `" + activation.kind().word() + "`";
    for (int i = 0; i < activation.parameters().size(); i++) {
      ParameterDomain domain = activation.kind().parameters().get(i).domain();
      double parameter = activation.parameters().get(i);
      if (!domain.contains(precision.round(parameter))) {
        findings.add(
            new Finding(
                argument, Diagnostics.parameterOutsideDomain(what, precision, domain, parameter)));
      }
    }
  }

  /** Several inputs are one vector, in a box as a whole or not at all. */
  private static void checkInputs(Declaration declaration, List<Finding> findings) {
    List<Integer> bounded = new ArrayList<>();
    List<Integer> unbounded = new ArrayList<>();
    for (int i : Inputs.steps(declaration)) {
      Operation.Input input = (Operation.Input) declaration.steps().get(i).operation();
      (input.box().isPresent() ? bounded : unbounded).add(i);
    }
    if (!bounded.isEmpty() && !unbounded.isEmpty()) {
      int without = unbounded.getFirst();
      findings.add(
          new Finding(
              new Place.OfName(without),
              Diagnostics.boxOfSomeInputs(
                  declaration.steps().get(without).displayName(),
                  declaration.steps().get(bounded.getFirst()).displayName())));
    }
  }

  private static void checkInput(
      Step step, int index, Operation.Input input, List<Finding> findings) {
    if (!Shape.isValid(input.extents())) {
      findings.add(sizeOutOfRange(step, index, "input", input.extents()));
    }
    input
        .box()
        .filter(box -> !Interval.isValid(box.lower(), box.upper()))
        .ifPresent(
            box ->
                findings.add(
                    new Finding(
                        new Place.OfBox(index),
                        Diagnostics.boxInvalid(step.displayName(), box.lower(), box.upper()))));
  }

  private static Finding sizeOutOfRange(Step step, int index, String what, List<Integer> extents) {
    return new Finding(
        new Place.OfArgument(index),
        ShapeDiagnostics.sizeOutOfRange(
            what + " `" + step.displayName() + "`", extents.toString()));
  }

  private static void checkConstants(
      String what,
      List<Double> constants,
      ElementType precision,
      Place argument,
      List<Finding> findings) {
    for (double constant : constants) {
      if (!Double.isFinite(precision.round(constant))) {
        findings.add(
            new Finding(
                argument,
                Diagnostics.constantInvalid(
                    what, "a finite " + precision + " number", Decimals.plain(constant))));
      }
    }
  }
}
