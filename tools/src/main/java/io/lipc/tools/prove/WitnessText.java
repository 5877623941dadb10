package io.lipc.tools.prove;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.function.Range;
import io.lipc.certifier.QuerySearch.Witness;
import io.lipc.queries.Element;
import io.lipc.queries.Query;
import io.lipc.queries.Rational;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A witness as the competitions of verifiers write it: each element with its value, in brackets.
 */
record WitnessText(Subject claimed, Witness witness) {

  private static final int DIGITS = 40;

  /**
   * Inputs are exact, but for the last of {@value #DIGITS} digits where these have no end; of an
   * output the middle of its range is given.
   */
  String text() {
    Query query = ((Claim.Unsatisfiable) claimed.certificate().claim()).query();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < witness.input().size(); i++) {
      values.add(value(query, new Element(0, i), decimal(witness.input().get(i))));
    }
    for (int i = 0; i < witness.outputs().size(); i++) {
      Range range = witness.outputs().get(i);
      BigDecimal middle = BigDecimal.valueOf(range.lower() / 2 + range.upper() / 2);
      values.add(value(query, new Element(1, i), middle));
    }
    return "(" + String.join("\n ", values) + ")\n";
  }

  private static BigDecimal decimal(Rational value) {
    return value
        .decimal()
        .orElseGet(
            () ->
                new BigDecimal(value.numerator())
                    .divide(new BigDecimal(value.denominator()), new MathContext(DIGITS)));
  }

  private static String value(Query query, Element element, BigDecimal value) {
    return "(" + query.nameOf(element) + " " + value.toPlainString() + ")";
  }
}
