package io.lipc.dsl;

import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of one network and their positions, while its text is read. */
final class Steps {

  /** A value that an expression reads: the step that holds it, and where it was written. */
  record Operand(String step, Span span) {}

  /** The places of a written step. */
  record Written(Span operation, Optional<Span> name, Optional<Span> arguments) {}

  private final List<Step> steps = new ArrayList<>();
  private final Map<Place, Span> spans = new HashMap<>();
  private final Map<String, Integer> innerSteps = new HashMap<>();

  void add(
      String name,
      Optional<String> binding,
      Operation operation,
      List<Operand> operands,
      Written written) {
    int index = steps.size();
    steps.add(new Step(name, binding, operation, operands.stream().map(Operand::step).toList()));
    put(new Place.OfStep(index), written.operation());
    written.name().ifPresent(span -> put(new Place.OfName(index), span));
    written.arguments().ifPresent(span -> put(new Place.OfArgument(index), span));
    for (int k = 0; k < operands.size(); k++) {
      put(new Place.OfOperand(index, k), operands.get(k).span());
    }
  }

  void put(Place place, Span span) {
    spans.put(place, span);
  }

  /** The next inner name of {@code binding}; a binding declared twice does not repeat them. */
  String innerName(String binding) {
    return Step.innerName(binding, innerSteps.merge(binding, 1, Integer::sum));
  }

  int size() {
    return steps.size();
  }

  List<Step> steps() {
    return steps;
  }

  TextPositions positions() {
    return new TextPositions(spans);
  }
}
