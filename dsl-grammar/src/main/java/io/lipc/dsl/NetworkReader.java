package io.lipc.dsl;

import io.lipc.dsl.Steps.Written;
import io.lipc.dsl.syntax.LipSyntaxParser.BindingContext;
import io.lipc.dsl.syntax.LipSyntaxParser.BoxContext;
import io.lipc.dsl.syntax.LipSyntaxParser.InputContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NameContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NetworkContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OutputContext;
import io.lipc.dsl.syntax.LipSyntaxParser.StatementContext;
import io.lipc.dsl.syntax.LipSyntaxParser.TensorContext;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Place;
import io.lipc.model.diagnostic.ShapeDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Turns the tree of a network into its declaration. */
final class NetworkReader {

  private final String name;
  private final Set<String> siblings;
  private final Imports imports;
  private final CommonTokenStream tokens;
  private final Problems problems;
  private final Steps steps = new Steps();
  private final Clauses clauses;
  private Optional<String> output = Optional.empty();

  /**
   * @param name the qualified name
   * @param siblings the simple names of the networks in the same text
   */
  NetworkReader(
      String name,
      Set<String> siblings,
      Imports imports,
      CommonTokenStream tokens,
      Problems problems) {
    this.name = name;
    this.siblings = siblings;
    this.imports = imports;
    this.tokens = tokens;
    this.problems = problems;
    this.clauses = new Clauses(steps, tokens, problems);
  }

  /** The declaration; empty where the text of the network has a fault. */
  Optional<ParsedNetwork> read(NetworkContext network) {
    int before = problems.count();
    boolean whole = network.exception == null;
    steps.put(new Place.OfNetwork(), Spans.of(network.name(), tokens));
    Optional<List<Integer>> result = Optional.empty();
    if (whole) {
      network.inputs().input().forEach(this::readInput);
      result = Optional.of(extents(network.result));
      steps.put(new Place.OfResult(), Spans.of(network.result, tokens));
    }
    List<StatementContext> statements =
        network.body() == null ? List.of() : network.body().statement();
    whole &= statements.stream().allMatch(statement -> statement.exception == null);
    readStatements(statements);
    if (whole && output.isEmpty()) {
      Token brace = network.body().getStop();
      problems.add(
          Spans.of(brace),
          Diagnostics.syntaxMeaning(
              "`}`", "`return` and a layer", "end the network with `" + lastReturn() + "`"));
    }
    if (!whole || problems.count() > before) {
      return Optional.empty();
    }
    Declaration declaration =
        new Declaration(
            name,
            DocComment.before(network.getStart(), tokens),
            clauses.properties(),
            clauses.weights(),
            clauses.precision(),
            steps.steps(),
            output,
            result);
    return Optional.of(new ParsedNetwork(declaration, steps.positions()));
  }

  private String lastReturn() {
    List<Step> known = steps.steps();
    return "return " + (known.isEmpty() ? "<layer>" : known.getLast().displayName()) + ";";
  }

  private void readInput(InputContext input) {
    Span span = Spans.of(input.name(), tokens);
    int index = steps.size();
    Token last = input.box() == null ? input.tensor().getStop() : input.box().getStop();
    steps.add(
        input.name().getText(),
        Optional.of(input.name().getText()),
        new Operation.Input(
            extents(input.tensor()), Optional.ofNullable(input.box()).map(NetworkReader::box)),
        List.of(),
        new Written(
            span,
            Optional.of(span),
            Optional.of(Spans.between(input.tensor().getStart(), last, tokens))));
    if (input.box() != null) {
      steps.put(new Place.OfBox(index), Spans.of(input.box(), tokens));
    }
  }

  private static Operation.Box box(BoxContext box) {
    return new Operation.Box(Literals.number(box.lower), Literals.number(box.upper));
  }

  private List<Integer> extents(TensorContext tensor) {
    List<Integer> extents = new ArrayList<>();
    for (Token extent : tensor.extents) {
      Optional<Integer> size = Literals.whole(extent.getText());
      if (size.isEmpty()) {
        problems.add(
            Spans.of(extent),
            ShapeDiagnostics.sizeOutOfRange("a tensor", Literals.shortened(extent.getText())));
      }
      extents.add(size.orElse(0));
    }
    return extents;
  }

  private void readStatements(List<StatementContext> statements) {
    boolean layersBegan = false;
    boolean returned = false;
    for (StatementContext statement : statements) {
      if (returned) {
        reportAfterReturn(statement);
        return;
      }
      switch (statement) {
        case BindingContext binding -> {
          layersBegan = true;
          readBinding(binding);
        }
        case OutputContext result -> {
          returned = true;
          readOutput(result);
        }
        default -> clauses.read(statement, layersBegan);
      }
    }
  }

  private void reportAfterReturn(StatementContext statement) {
    if (statement.exception == null) {
      String found = SyntaxFault.shown(statement.getStart());
      String expected = "`}` after `return ...;`";
      problems.add(
          Spans.of(statement.getStart()),
          statement instanceof OutputContext
              ? Diagnostics.syntaxMeaning(found, expected, SyntaxHelp.ONE_OUTPUT)
              : Diagnostics.syntax(found, expected, Optional.empty()));
    }
  }

  private void readBinding(BindingContext binding) {
    if (binding.exception != null) {
      return;
    }
    reader(Optional.of(binding.name())).readBinding(binding.expression());
  }

  private void readOutput(OutputContext result) {
    if (result.exception != null) {
      return;
    }
    Steps.Operand value = reader(Optional.empty()).readValue(result.expression());
    output = Optional.of(value.step());
    steps.put(new Place.OfOutput(), value.span());
  }

  private ExpressionReader reader(Optional<NameContext> binding) {
    return new ExpressionReader(
        binding, steps, new OperationReader(siblings, imports, tokens, problems), tokens);
  }
}
