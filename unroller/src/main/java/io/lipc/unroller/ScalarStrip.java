package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

/**
 * Rows that are put into a transposed block, or taken out, together: what is written to an array of
 * the block, or read, lies side by side.
 */
record ScalarStrip(int rows) {

  String transpose() {
    return method(
        "{@code block[i][at + r] = rows[from + r][i]}" + range(),
        "static void transpose",
        "float[][] rows, int from, float[][] block, int at, int size",
        eachRow("float[] x{r} = rows[from + {r}];"),
        block(
            "for (int i = 0; i < size; i++)",
            "float[] target = block[i];",
            eachRow("target[at + {r}] = x{r}[i];")));
  }

  String transposeBack() {
    return method(
        "{@code rows[from + r][i] = block[i][at + r]}" + range(),
        "static void transposeBack",
        "float[][] block, int at, float[][] rows, int from, int size",
        eachRow("float[] y{r} = rows[from + {r}];"),
        block(
            "for (int i = 0; i < size; i++)",
            "float[] source = block[i];",
            eachRow("y{r}[i] = source[at + {r}];")));
  }

  private String range() {
    return " for r below " + word(rows) + " and i below {@code size}.";
  }

  private String eachRow(String pattern) {
    return each("r", upTo(rows), pattern);
  }
}
