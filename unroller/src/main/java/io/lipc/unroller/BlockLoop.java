package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.either;
import static io.lipc.unroller.Code.lines;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

/**
 * A loop over arrays that adds a few inputs to a few sums, in floats. In the method, {@code p}
 * numbers inputs and {@code o} sums: {@code y{o}} gains {@code x{p} a{p}{o}}, in the order of
 * inputs.
 */
record BlockLoop(int inputs, int sums) {

  private static final String PARAMETERS =
      "float[][] x, float[][] factors, int k, int i, float[][] y, int r, int size";

  private String name() {
    return "add" + capitalized(inputs) + "To" + capitalized(sums);
  }

  private String javadoc() {
    return "%s %s to %s %s."
        .formatted(
            capitalized(inputs),
            inputs == 1 ? "input" : "inputs",
            word(sums),
            sums == 1 ? "sum" : "sums");
  }

  /** The method, the same for all lengths. */
  String ofAnyLength() {
    return method(javadoc(), "static void " + name(), PARAMETERS, body());
  }

  /** The method twice, for arrays shorter than {@code LONG} and for others, and a choice. */
  String byLength() {
    String arguments = "(x, factors, k, i, y, r, size);";
    String choice =
        method(
            javadoc(),
            "static void " + name(),
            PARAMETERS,
            either("size < LONG", name() + "Short" + arguments, name() + "Long" + arguments));
    return String.join("\n", choice, copy("Short"), copy("Long"));
  }

  private String copy(String suffix) {
    return method("", "private static void " + name() + suffix, PARAMETERS, body());
  }

  private String body() {
    return lines(
        each("p", upTo(inputs), "float[] x{p} = x[k + {p}];"),
        each(
            "p",
            upTo(inputs),
            lines(
                "float[] f{p} = factors[k + {p}];",
                each("o", upTo(sums), "float a{p}{o} = f{p}[i + {o}];"))),
        each("o", upTo(sums), "float[] y{o} = y[r + {o}];"),
        block(
            "for (int j = 0; j < size; j++)",
            each("p", upTo(inputs), "float v{p} = x{p}[j];"),
            each("o", upTo(sums), "y{o}[j] = " + sum() + ";")));
  }

  private String sum() {
    String sum = "y{o}[j]";
    for (int p = 0; p < inputs; p++) {
      sum = "Math.fma(v" + p + ", a" + p + "{o}, " + sum + ")";
    }
    return sum;
  }
}
