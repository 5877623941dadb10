package io.lipc.compiler.report;

import io.lipc.certificate.function.Range;
import io.lipc.certifier.QuerySearch.Witness;
import io.lipc.queries.Element;
import io.lipc.queries.Query;
import io.lipc.queries.Rational;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An input that satisfies a query, as people read it. */
public final class WitnessWords {

  /** Tensors of more elements are told to programs alone. */
  private static final int MOST_ELEMENTS = 6;

  /** The digits of outputs that people read: further ones depend on how a Java computes. */
  private static final MathContext SHOWN = new MathContext(10, RoundingMode.HALF_EVEN);

  private WitnessWords() {}

  /** The elements of the input with their names, in their order; none if there are many. */
  public static Map<String, String> inputs(Query query, Witness witness) {
    return named(query, 0, witness.input().stream().map(WitnessWords::shown).toList());
  }

  /** The same of the output. */
  public static Map<String, String> outputs(Query query, Witness witness) {
    return named(query, 1, witness.outputs().stream().map(WitnessWords::shown).toList());
  }

  private static Map<String, String> named(Query query, int tensor, List<String> values) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < values.size() && values.size() <= MOST_ELEMENTS; i++) {
      named.put(query.nameOf(new Element(tensor, i)), values.get(i));
    }
    return named;
  }

  /** As a double, where it is one; else all its digits, or a fraction. */
  private static String shown(Rational value) {
    return value.down() == value.up()
        ? String.valueOf(value.down())
        : value.decimal().map(BigDecimal::toPlainString).orElseGet(value::toString);
  }

  private static String shown(Range range) {
    BigDecimal middle = new BigDecimal(range.lower() / 2 + range.upper() / 2);
    return String.valueOf(middle.round(SHOWN).doubleValue());
  }
}
