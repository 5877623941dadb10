package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;

/**
 * A loop over all outputs of a dense layer that adds a few inputs of one row. In the method, {@code
 * p} numbers inputs: {@code y} gains {@code a{p} x{p}}, in the order of inputs.
 */
record RowLoop(Element element, int inputs) {

  /** How many products stand in one statement, for the sake of who reads it. */
  private static final int AT_ONCE = 2;

  String ofAnyLength() {
    return method(
        capitalized(inputs) + " factors of one sum, from {@code k} on.",
        "static void add" + capitalized(inputs),
        element.typed("T[] a, T[][] x, int k, T[] y, int size"),
        element.typed(each("p", upTo(inputs), "T a{p} = a[k + {p}];")),
        element.typed(each("p", upTo(inputs), "T[] x{p} = x[k + {p}];")),
        block("for (int j = 0; j < size; j++)", sums()));
  }

  private String sums() {
    StringBuilder statements = new StringBuilder();
    String sum = "y[j]";
    for (int p = 0; p < inputs; p++) {
      if (p > 0 && p % AT_ONCE == 0) {
        statements.append(element.typed("T s%d = %s;\n".formatted(p, sum)));
        sum = "s" + p;
      }
      sum = "Math.fma(a%d, x%d[j], %s)".formatted(p, p, sum);
    }
    return statements + "y[j] = " + sum + ";\n";
  }
}
