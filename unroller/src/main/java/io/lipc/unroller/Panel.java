package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;

/**
 * Outputs of a dense layer for one row: they fill the lanes of a few vectors, and the weights
 * stream through once.
 *
 * @param vectors how many vectors of outputs
 */
record Panel(int vectors) {

  String ofOneRow() {
    return method(
        capitalized(vectors)
            + " vectors of outputs from {@code output} on, as far as there are so many, of one row.",
        "static void panel",
        "float[] packed, int first, int stride, float[] bias, float floor, float[] x, int inputs,"
            + " float[] y, int output, int end",
        eachVector(
            "FloatVector c{v} = FloatVector.fromArray(SPECIES, bias, output + {v} * LANES);"),
        "int at = first;",
        block(
            "for (int k = 0; k < inputs; k++, at += stride)",
            "FloatVector xk = FloatVector.broadcast(SPECIES, x[k]);",
            eachVector(
                "c{v} = xk.fma(FloatVector.fromArray(SPECIES, packed, at + {v} * LANES), c{v});")),
        eachVector(
            """
            c{v}.blend(floor, c{v}.compare(VectorOperators.LE, floor))
                .intoArray(y, output + {v} * LANES, SPECIES.indexInRange(output + {v} * LANES, end));
            """));
  }

  private String eachVector(String pattern) {
    return each("v", upTo(vectors), pattern);
  }
}
