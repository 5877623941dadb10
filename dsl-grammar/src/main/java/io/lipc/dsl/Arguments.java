package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser.ArgumentContext;
import io.lipc.dsl.syntax.LipSyntaxParser.CallContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ListContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NumberContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NumericContext;
import io.lipc.dsl.syntax.LipSyntaxParser.OperationContext;
import io.lipc.dsl.syntax.LipSyntaxParser.TextContext;
import io.lipc.dsl.syntax.LipSyntaxParser.ValueContext;
import io.lipc.formats.Norm;
import io.lipc.model.Operation;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.ImageDiagnostics;
import io.lipc.model.diagnostic.ShapeDiagnostics;
import io.lipc.model.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;

/** The arguments of one call that are no operands, by the names of the parameters. */
final class Arguments {

  private final CallContext call;
  private final String word;
  private final List<String> parameters;
  private final CommonTokenStream tokens;
  private final Problems problems;
  private final Map<String, ValueContext> values = new HashMap<>();
  private final int problemsBefore;

  Arguments(
      CallContext call, List<String> parameters, CommonTokenStream tokens, Problems problems) {
    this.call = call;
    this.word = Literals.shortened(call.qualified().getText());
    this.parameters = parameters;
    this.tokens = tokens;
    this.problems = problems;
    this.problemsBefore = problems.count();
  }

  /**
   * Gives each argument to a parameter.
   *
   * @param positional how many of the parameters need no name
   */
  Arguments assign(int positional, List<ArgumentContext> given) {
    int next = 0;
    for (ArgumentContext argument : given) {
      String name;
      if (argument.key != null) {
        name = argument.key.getText();
      } else if (next < positional) {
        name = parameters.get(next++);
      } else {
        reportSurplus(argument);
        continue;
      }
      if (!parameters.contains(name)) {
        reportUnknown(argument, name);
      } else if (values.putIfAbsent(name, argument.value()) != null) {
        report(
            Spans.of(argument, tokens),
            "argument `" + name + "` of `" + word + "` is given twice",
            "each argument once",
            argument.getText(),
            "remove one of them");
      }
    }
    return this;
  }

  /** The operation, unless an argument has a fault. */
  Optional<Operation> then(Supplier<Operation> operation) {
    return problems.count() == problemsBefore ? Optional.of(operation.get()) : Optional.empty();
  }

  /** Whether an argument is written. */
  boolean given(String name) {
    return values.containsKey(name);
  }

  /** A whole number that may be left out. */
  Optional<Integer> whole(String name, int usual) {
    return given(name) ? whole(name) : Optional.of(usual);
  }

  /**
   * A number of pixels, the same down and right, or a list of numbers.
   *
   * @param usual what counts where nothing is written; empty where something has to be
   * @param lengths of the lists that are read; a single number stands for the shortest
   */
  Optional<List<Integer>> pixels(String name, Optional<Integer> usual, int... lengths) {
    if (!(values.get(name) instanceof ListContext list)) {
      Optional<Integer> whole = usual.isPresent() ? whole(name, usual.get()) : whole(name);
      return whole.map(number -> Collections.nCopies(lengths[0], number));
    }
    Optional<List<Integer>> wholes = wholes(name);
    if (wholes.isPresent() && Arrays.stream(lengths).noneMatch(n -> n == wholes.get().size())) {
      String kind =
          "a whole number or a list of "
              + Arrays.stream(lengths)
                  .mapToObj(String::valueOf)
                  .collect(Collectors.joining(" or "));
      reportKind(Spans.of(list, tokens), name, kind, list.getText());
      return Optional.empty();
    }
    return wholes;
  }

  /** The mode of padding, for which there is one word; others have a message of their own. */
  void zeros(String name) {
    ValueContext value = values.get(name);
    Optional<String> mode = text(name);
    if (value != null && mode.isPresent() && !mode.get().equals("zeros")) {
      problems.add(
          Spans.of(value, tokens),
          ImageDiagnostics.paddingNotSupported(word, Literals.shortened(mode.get())));
    }
  }

  /** A required whole number. */
  Optional<Integer> whole(String name) {
    Optional<NumericContext> number = required(name);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    String text = number.get().getText();
    Span span = Spans.of(number.get(), tokens);
    if (number.get().number().INTEGER() == null) {
      reportKind(span, name, "a whole number", text);
      return Optional.empty();
    }
    Optional<Integer> value = Literals.whole(text);
    if (value.isEmpty()) {
      problems.add(
          span,
          ShapeDiagnostics.sizeOutOfRange("a `" + word + "` layer", Literals.shortened(text)));
    }
    return value;
  }

  /** A required list of whole numbers. */
  Optional<List<Integer>> wholes(String name) {
    String kind = "a list of whole numbers";
    switch (values.get(name)) {
      case ListContext list -> {
        List<Integer> wholes = new ArrayList<>();
        for (NumberContext item : list.items) {
          Optional<Integer> whole =
              item.INTEGER() == null ? Optional.empty() : Literals.whole(item.getText());
          if (whole.isEmpty()) {
            reportKind(Spans.of(item, tokens), name, kind, item.getText());
            return Optional.empty();
          }
          wholes.add(whole.get());
        }
        return Optional.of(wholes);
      }
      case null -> reportLack(name, kind, "[1, 0]");
      case ValueContext value -> reportKind(Spans.of(value, tokens), name, kind, value.getText());
    }
    return Optional.empty();
  }

  /** A required number. */
  Optional<Double> number(String name) {
    return required(name).map(number -> Literals.number(number.number()));
  }

  /** A number that may be left out where there is a usual one. */
  Optional<Double> number(String name, Optional<Double> usual) {
    return usual.isPresent() && !values.containsKey(name) ? usual : number(name);
  }

  private Optional<NumericContext> required(String name) {
    ValueContext value = values.get(name);
    if (value instanceof NumericContext number) {
      return Optional.of(number);
    }
    if (value != null) {
      reportKind(Spans.of(value, tokens), name, "a number", value.getText());
    } else {
      reportLack(name, "a number", example(name));
    }
    return Optional.empty();
  }

  private void reportLack(String name, String kind, String example) {
    if (problems.count() == problemsBefore) {
      report(
          Spans.of(call, tokens),
          "`" + word + "` lacks its argument `" + name + "`",
          "`" + word + "(" + written(name) + ")`",
          "`" + Literals.shortened(call.getText()) + "`",
          "write " + kind + " in brackets: `" + word + "(" + example + ")`");
    }
  }

  /** All that is required, where that is more than one argument. */
  private String written(String name) {
    return switch (name) {
      case "v0", "v1" -> "v0, v1";
      case "channels", "kernel" -> word.equals(Words.CONV2D) ? "channels, kernel = k" : name;
      default -> name;
    };
  }

  private String example(String name) {
    return switch (name) {
      case "outputs" -> "64";
      case "channels" -> "16, kernel = 3";
      case "kernel" -> word.equals(Words.CONV2D) ? "16, kernel = 3" : "2";
      case "size" -> "4";
      case "v0", "v1" -> "0.6, -0.8";
      default -> "0.5";
    };
  }

  /** An optional {@code true} or {@code false}; either of them where another word is a fault. */
  boolean flag(String name, boolean otherwise) {
    ValueContext value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!Words.isTruth(value.getText())) {
      reportKind(Spans.of(value, tokens), name, "`true` or `false`", value.getText());
    }
    return value.getText().equals("true");
  }

  /** An optional norm; empty also where another word is a fault. */
  Optional<Norm> norm(String name) {
    ValueContext value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    Optional<Norm> norm =
        Arrays.stream(Norm.values()).filter(one -> one.word().equals(value.getText())).findFirst();
    if (norm.isEmpty()) {
      reportKind(Spans.of(value, tokens), name, "a norm: `l2` or `linf`", value.getText());
    }
    return norm;
  }

  /** An optional string; empty also where another value is a fault. */
  Optional<String> text(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case TextContext text -> Strings.value(text.STRING().getSymbol(), problems);
      case ValueContext value -> {
        reportKind(Spans.of(value, tokens), name, "a string", value.getText());
        yield Optional.empty();
      }
    };
  }

  private void reportKind(Span span, String name, String required, String found) {
    report(
        span,
        "argument `" + name + "` of `" + word + "` is not " + required,
        required,
        "`" + Literals.shortened(found) + "`",
        "write " + required + " there");
  }

  private void reportSurplus(ArgumentContext argument) {
    report(
        Spans.of(argument, tokens),
        "`" + word + "` does not read `" + Literals.shortened(argument.getText()) + "`",
        expectedArguments(),
        "`" + Literals.shortened(call.getText()) + "`",
        named(argument).map(full -> "write `" + full + "`").orElse("remove it"));
  }

  /** A surplus argument under the name of the parameter that its kind fits. */
  private Optional<String> named(ArgumentContext argument) {
    String text = Literals.shortened(argument.getText());
    String fitting =
        switch (argument.value()) {
          case TextContext _ -> "tensor";
          case NumericContext _ -> parameters.contains("kernel") ? "kernel" : "epsilon";
          case OperationContext _ when Words.isTruth(text) -> "bias";
          default -> "";
        };
    return Optional.of(fitting).filter(parameters::contains).map(name -> name + " = " + text);
  }

  private void reportUnknown(ArgumentContext argument, String name) {
    report(
        Spans.of(argument.key, tokens),
        "`" + word + "` has no argument `" + Literals.shortened(name) + "`",
        expectedArguments(),
        "`" + Literals.shortened(name) + "`",
        Suggestions.closest(name, parameters)
            .map(meant -> "did you mean `" + meant + "`?")
            .orElse("remove it"));
  }

  private String expectedArguments() {
    return parameters.isEmpty() ? "no arguments" : String.join(", ", parameters);
  }

  private void report(Span span, String summary, String required, String found, String help) {
    problems.add(span, Diagnostics.declarationInvalid(summary, required, found, help));
  }
}
