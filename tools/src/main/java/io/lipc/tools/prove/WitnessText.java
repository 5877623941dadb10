package io.lipc.tools.prove;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.function.Range;
import io.lipc.certifier.QuerySearch.Witness;
import io.lipc.queries.Element;
import io.lipc.queries.Query;
import io.lipc.queries.Rational;
import io.lipc.queries.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A witness as text: as the competitions of verifiers write it, or as the standard does. */
record WitnessText(Subject claimed, Witness witness) {

  private static final int DIGITS = 40;

  /**
   * Each element with its value, in brackets, as the competitions write it. Inputs are exact, but
   * for the last of {@value #DIGITS} digits where these have no end; of an output the middle of its
   * range is given.
   */
  String text() {
    List<String> values = new ArrayList<>();
    for (int tensor = 0; tensor < query().tensors().size(); tensor++) {
      List<BigDecimal> elements = values(tensor);
      for (int i = 0; i < elements.size(); i++) {
        String name = query().nameOf(new Element(tensor, i));
        values.add("(" + name + " " + elements.get(i).toPlainString() + ")");
      }
    }
    return "(" + String.join("\n ", values) + ")\n";
  }

  /**
   * The lines of each tensor, in the order of declarations: its name, type and shape, then a value
   * a line.
   *
   * @param real the word for the type of real numbers
   */
  List<String> lines(String real) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < query().tensors().size(); i++) {
      Tensor tensor = query().tensors().get(i);
      String shape =
          tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
      lines.add(tensor.name() + " " + real + " " + shape);
      values(i).forEach(value -> lines.add(value.toPlainString()));
    }
    return lines;
  }

  private Query query() {
    return ((Claim.Unsatisfiable) claimed.certificate().claim()).query();
  }

  /** The values of the input, which is the first tensor, or of the output, which is the other. */
  private List<BigDecimal> values(int tensor) {
    return tensor == 0
        ? witness.input().stream().map(WitnessText::decimal).toList()
        : witness.outputs().stream().map(WitnessText::middle).toList();
  }

  private static BigDecimal middle(Range range) {
    return BigDecimal.valueOf(range.lower() / 2 + range.upper() / 2);
  }

  private static BigDecimal decimal(Rational value) {
    return value
        .decimal()
        .orElseGet(
            () ->
                new BigDecimal(value.numerator())
                    .divide(new BigDecimal(value.denominator()), new MathContext(DIGITS)));
  }
}
