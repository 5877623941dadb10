package io.lipc.dsl;

import io.lipc.certificate.linear.Sum;
import io.lipc.dsl.Steps.Operand;
import io.lipc.dsl.Steps.Written;
import io.lipc.dsl.syntax.LipSyntaxParser.AppliedContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ArgumentContext;
import io.lipc.dsl.syntax.LipSyntaxParser.BracketedContext;
import io.lipc.dsl.syntax.LipSyntaxParser.CallContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ExpressionContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NameContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OperandContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OperationContext;
import io.lipc.dsl.syntax.LipSyntaxParser.PipeContext;
import io.lipc.dsl.syntax.LipSyntaxParser.SumContext;
import io.lipc.model.Operation;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * Turns one expression into its steps. Recursion is as deep as brackets are nested, which is
 * bounded; sums and pipes are loops.
 */
final class ExpressionReader {

  private final Optional<String> binding;
  private final Optional<Span> bindingSpan;
  private final Steps steps;
  private final OperationReader operations;
  private final CommonTokenStream tokens;

  /**
   * @param binding the name that the expression is bound to; absent for {@code return}
   */
  ExpressionReader(
      Optional<NameContext> binding,
      Steps steps,
      OperationReader operations,
      CommonTokenStream tokens) {
    this.binding = binding.map(NameContext::getText);
    this.bindingSpan = binding.map(name -> Spans.of(name, tokens));
    this.steps = steps;
    this.operations = operations;
    this.tokens = tokens;
  }

  /** Reads a binding: its last step bears the name, and a mere name is an identity. */
  void readBinding(ExpressionContext expression) {
    int before = steps.size();
    Operand value = read(expression, true);
    if (steps.size() == before) {
      Operation identity = new Operation.Activate(Activation.of(LinearKind.IDENTITY));
      emit(identity, List.of(value), value.span(), Optional.empty(), true);
    }
  }

  /** Reads the expression of {@code return}, which may be a mere name. */
  Operand readValue(ExpressionContext expression) {
    return read(expression, true);
  }

  /**
   * @param outermost whether the last step of the expression is that of the binding
   */
  private Operand read(ExpressionContext expression, boolean outermost) {
    return switch (expression.continuation()) {
      case null -> operand(expression.operand(), outermost);
      case SumContext sum -> {
        List<Operand> terms = new ArrayList<>();
        terms.add(operand(expression.operand(), false));
        sum.operand().forEach(term -> terms.add(operand(term, false)));
        Span span = Spans.of(expression, tokens);
        yield emit(new Operation.Linear(new Sum()), terms, span, Optional.empty(), outermost);
      }
      case PipeContext pipe -> {
        Operand value = operand(expression.operand(), false);
        List<CallContext> calls = pipe.call();
        for (CallContext call : calls) {
          boolean last = call.equals(calls.getLast());
          value = apply(call, List.of(value), outermost && last);
        }
        yield value;
      }
      default -> throw new IllegalStateException("an unlabelled continuation has a fault");
    };
  }

  private Operand operand(OperandContext operand, boolean outermost) {
    return switch (operand) {
      case BracketedContext bracketed -> read(bracketed.expression(), outermost);
      case AppliedContext applied when applied.call().arguments() == null ->
          new Operand(applied.getText(), Spans.of(applied, tokens));
      case AppliedContext applied -> apply(applied.call(), List.of(), outermost);
      default -> throw new IllegalStateException("an unlabelled operand has a fault");
    };
  }

  /** {@code x |> f(y, 2)} and {@code f(x, y, 2)} are the same step. */
  private Operand apply(CallContext call, List<Operand> piped, boolean outermost) {
    List<Operand> operands = new ArrayList<>(piped);
    List<ArgumentContext> plain = new ArrayList<>();
    Optional<Span> argumentSpan = Optional.empty();
    if (call.arguments() != null && !call.arguments().argument().isEmpty()) {
      List<ArgumentContext> all = call.arguments().argument();
      for (ArgumentContext argument : all) {
        if (argument.key == null
            && !Words.isTruth(argument.getText())
            && argument.value() instanceof OperationContext operation) {
          operands.add(read(operation.expression(), false));
        } else {
          plain.add(argument);
        }
      }
      argumentSpan =
          Optional.of(Spans.between(all.getFirst().getStart(), all.getLast().getStop(), tokens));
    }
    Optional<Span> arguments = argumentSpan;
    Span span = Spans.of((ParserRuleContext) call, tokens);
    // Where the operation has a fault the network is dropped, and any name will do for its value.
    return operations
        .read(call, plain)
        .map(operation -> emit(operation, operands, span, arguments, outermost))
        .orElseGet(() -> new Operand(call.getText(), span));
  }

  private Operand emit(
      Operation operation,
      List<Operand> operands,
      Span span,
      Optional<Span> arguments,
      boolean outermost) {
    String name =
        outermost && binding.isPresent()
            ? binding.get()
            : steps.innerName(binding.orElse("return"));
    steps.add(name, binding, operation, operands, new Written(span, bindingSpan, arguments));
    return new Operand(name, span);
  }
}
