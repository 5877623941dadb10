package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser.ArgumentContext;
import io.lipc.dsl.syntax.LipSyntaxParser.CallContext;
import io.lipc.formats.Norm;
import io.lipc.model.LinearOperation;
import io.lipc.model.Operation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.Parameter;
import io.lipc.model.activation.RefusedActivation;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.PlannedOperation;
import io.lipc.model.diagnostic.RefusedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;

/** Turns a call into the operation that it names. */
final class OperationReader {

  private final Set<String> siblings;
  private final Imports imports;
  private final CommonTokenStream tokens;
  private final Problems problems;

  OperationReader(
      Set<String> siblings, Imports imports, CommonTokenStream tokens, Problems problems) {
    this.siblings = siblings;
    this.imports = imports;
    this.tokens = tokens;
    this.problems = problems;
  }

  /**
   * The operation; empty, with findings, where there is none.
   *
   * @param plain the arguments that are not operands
   */
  Optional<Operation> read(CallContext call, List<ArgumentContext> plain) {
    String word = call.qualified().getText();
    Optional<ActivationKind> activation = ActivationKind.named(word);
    List<String> parameters = parameters(word, activation);
    Arguments arguments = new Arguments(call, parameters, tokens, problems);
    return switch (word) {
      case Words.DENSE -> dense(arguments.assign(1, plain));
      case Words.FLATTEN ->
          arguments.assign(0, plain).then(() -> new Operation.Reshape(Optional.empty()));
      case Words.RESHAPE ->
          arguments
              .assign(1, plain)
              .wholes("extents")
              .map(extents -> new Operation.Reshape(Optional.of(extents)));
      case Words.CONV2D -> new WindowReader(arguments.assign(1, plain)).convolution();
      case Words.AVG_POOL -> new WindowReader(arguments.assign(1, plain)).averagePool();
      case Words.MAX_POOL -> new WindowReader(arguments.assign(1, plain)).maxPool();
      case Words.GLOBAL_AVG_POOL ->
          arguments.assign(0, plain).then(() -> new Operation.AveragePooling(Optional.empty()));
      case Words.BATCH_NORM -> batchNorm(arguments.assign(0, plain));
      default -> {
        Optional<LinearOperation> linear = LinearOperation.named(word);
        if (linear.isPresent()) {
          yield linear(linear.get(), arguments.assign(parameters.size(), plain));
        }
        if (activation.isPresent()) {
          yield activate(activation.get(), arguments.assign(parameters.size(), plain));
        }
        Optional<RefusedActivation> refused = RefusedActivation.named(word);
        // Whatever its arguments are, they cannot help.
        yield refused.isPresent()
            ? Optional.of(new Operation.Refused(refused.get()))
            : call(call, word, arguments, plain);
      }
    };
  }

  private static List<String> parameters(String word, Optional<ActivationKind> activation) {
    return switch (word) {
      case Words.DENSE -> List.of("outputs", "bias", "tensor");
      case Words.FLATTEN -> List.of();
      case Words.RESHAPE -> List.of("extents");
      case Words.CONV2D -> WindowReader.OF_CONVOLUTION;
      case Words.AVG_POOL, Words.MAX_POOL -> WindowReader.OF_POOL;
      case Words.GLOBAL_AVG_POOL -> List.of();
      case Words.BATCH_NORM -> List.of("epsilon", "tensor");
      default ->
          LinearOperation.named(word)
              .map(linear -> linear.argument().stream().toList())
              .or(() -> activation.map(ActivationKind::parameterNames))
              .orElse(List.of("via"));
    };
  }

  private static Optional<Operation> linear(LinearOperation operation, Arguments arguments) {
    return switch (operation) {
      case LinearOperation.Bare bare -> arguments.then(() -> new Operation.Linear(bare.map()));
      case LinearOperation.OfNumber of ->
          arguments.number(of.name()).map(number -> new Operation.Linear(of.map().apply(number)));
      case LinearOperation.OfWholes of ->
          arguments.wholes(of.name()).map(wholes -> new Operation.Linear(of.map().apply(wholes)));
    };
  }

  private static Optional<Operation> dense(Arguments arguments) {
    Optional<Integer> outputs = arguments.whole("outputs");
    boolean bias = arguments.flag("bias", true);
    Optional<String> tensor = arguments.text("tensor");
    return outputs.flatMap(size -> arguments.then(() -> new Operation.Dense(size, bias, tensor)));
  }

  private static Optional<Operation> batchNorm(Arguments arguments) {
    Optional<Double> epsilon =
        arguments.number("epsilon", Optional.of(Operation.Normalize.USUAL_EPSILON));
    Optional<String> tensor = arguments.text("tensor");
    return epsilon.flatMap(added -> arguments.then(() -> new Operation.Normalize(added, tensor)));
  }

  private static Optional<Operation> activate(ActivationKind kind, Arguments arguments) {
    List<Double> values = new ArrayList<>();
    for (Parameter parameter : kind.parameters()) {
      arguments.number(parameter.name(), parameter.usual()).ifPresent(values::add);
    }
    return values.size() == kind.parameters().size()
        ? arguments.then(() -> new Operation.Activate(kind.with(values)))
        : Optional.empty();
  }

  /** A network of this text or an import, a misspelt operation, or else a network elsewhere. */
  private Optional<Operation> call(
      CallContext call, String word, Arguments arguments, List<ArgumentContext> plain) {
    boolean known = siblings.contains(word) || imports.has(word);
    Optional<RefusedOperation> refused = known ? Optional.empty() : Words.refused(word);
    if (refused.isPresent()) {
      problems.add(Spans.of(call.qualified(), tokens), refused.get().refusal(word));
      return Optional.empty();
    }
    Optional<PlannedOperation> planned = known ? Optional.empty() : Words.planned(word);
    if (planned.isPresent()) {
      problems.add(
          Spans.of(call.qualified(), tokens), Diagnostics.notInThisVersion(word, planned.get()));
      return Optional.empty();
    }
    Optional<String> meant = known ? Optional.empty() : Words.meant(word);
    if (meant.isPresent()) {
      String expected = call.arguments() == null ? "an activation" : "an operation";
      problems.add(
          Spans.of(call.qualified(), tokens),
          Diagnostics.syntax("`" + Literals.shortened(word) + "`", expected, meant));
      return Optional.empty();
    }
    Arguments assigned = arguments.assign(0, plain);
    Optional<Norm> via = assigned.norm("via");
    return assigned.then(() -> new Operation.Call(imports.resolve(word), via));
  }
}
