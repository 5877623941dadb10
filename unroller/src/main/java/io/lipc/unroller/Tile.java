package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.either;
import static io.lipc.unroller.Code.endsFirst;
import static io.lipc.unroller.Code.lines;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.put;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

/**
 * A register tile of a dense layer: a few outputs by two vectors of rows, whose sums stay in
 * registers while the inputs pass by. In the methods, {@code o} numbers outputs and {@code v}
 * vectors of rows; the sum {@code c{o}{v}} gains {@code x{v} w{o}} from each input, in the order of
 * inputs.
 *
 * <p>C2 inlines only so much, and behind that limit every vector becomes an object: so a tile is
 * one straight method without helpers.
 *
 * @param registers how many vector registers there are
 */
record Tile(int outputs, int registers) {

  private static final int VECTORS = 2;

  /** The place of vector v of input k in a slice. */
  private static final String IN_SLICE = "(k * " + VECTORS + " + {v}) * LANES";

  /**
   * @throws IllegalArgumentException if the sums do not fit the registers. Each step loads two
   *     vectors of rows and a weight, and C2 loads those of the next step ahead; so there have to
   *     be two of each, or sums are spilled
   */
  Tile {
    if (outputs < 1) {
      throw new IllegalArgumentException("a tile of " + outputs + " outputs");
    }
    int needed = VECTORS * outputs + 2 * (VECTORS + 1);
    if (needed > registers) {
      throw new IllegalArgumentException(
          "a tile of %d outputs takes %d vector registers, and there are %d"
              .formatted(outputs, needed, registers));
    }
  }

  private int sums() {
    return VECTORS * outputs;
  }

  private String name() {
    return word(outputs) + "By" + capitalized(VECTORS);
  }

  private String javadoc() {
    return outputs == 1
        ? "One output, of a panel that has too few for a tile."
        : "%s outputs: %d sums.".formatted(capitalized(outputs), sums());
  }

  /** The tile that reads rows where they lie, and all inputs at once. */
  String ofRows() {
    return method(
        javadoc(),
        "static void " + name(),
        "float[] packed, int first, int stride, float[] bias, float floor, float[][] x,"
            + " int inputs, float[][] y, int output, int row",
        "int at = first;",
        eachOutput("FloatVector b{o} = FloatVector.broadcast(SPECIES, bias[output + {o}]);"),
        each("o", upTo(outputs), eachVector("FloatVector c{o}{v} = b{o};")),
        block(
            "for (int k = 0; k < inputs; k++, at += stride)",
            "float[] xk = x[k];",
            eachVector("FloatVector x{v} = FloatVector.fromArray(SPECIES, xk, row + {v} * LANES);"),
            addProducts()),
        store());
  }

  /** The tile that reads the rows of some inputs one behind the other, and passes sums on. */
  String ofSlices() {
    return method(
        javadoc(),
        "static void " + name(),
        "float[] packed, int first, int stride, float[] slice, int inputs, float[] start,"
            + " float[] sums, boolean last, float floor, float[][] y, int output, int row",
        "int at = first;",
        "int sum = output * " + VECTORS + " * LANES;",
        eachSum("FloatVector {c} = FloatVector.fromArray(SPECIES, start, sum + {s} * LANES);"),
        block(
            "for (int k = 0; k < inputs; k++, at += stride)",
            eachVector(
                "FloatVector x{v} = FloatVector.fromArray(SPECIES, slice, " + IN_SLICE + ");"),
            addProducts()),
        either("last", store(), eachSum("{c}.intoArray(sums, sum + {s} * LANES);")));
  }

  /** The code that fills the slices of {@link #ofSlices}. */
  static String copyToSlice() {
    return method(
        """
        Copies two vectors of rows, from {@code row} on, of {@code inputs} inputs, from {@code input}
        on.
        """,
        "static void copy",
        "float[][] x, int input, int inputs, int row, float[] slice",
        block(
            "for (int k = 0; k < inputs; k++)",
            "float[] xk = x[input + k];",
            eachVector(
                "FloatVector.fromArray(SPECIES, xk, row + {v} * LANES).intoArray(slice, "
                    + IN_SLICE
                    + ");")));
  }

  private String addProducts() {
    return eachOutput(
        "FloatVector w{o} = FloatVector.broadcast(SPECIES, packed[at + {o}]);",
        eachVector("c{o}{v} = x{v}.fma(w{o}, c{o}{v});"));
  }

  /** {@code FloatVector.max} takes six instructions; a comparison and a blend take two. */
  private String store() {
    return eachOutput(
        "float[] y{o} = y[output + {o}];",
        eachVector(
            "c{o}{v}.blend(floor, c{o}{v}.compare(VectorOperators.LE, floor))"
                + ".intoArray(y{o}, row + {v} * LANES);"));
  }

  private String eachOutput(String... pattern) {
    return each("o", endsFirst(outputs), lines(pattern));
  }

  private static String eachVector(String pattern) {
    return each("v", upTo(VECTORS), pattern);
  }

  /** Here {@code {c}} is a sum and {@code {s}} its number, as sums lie in an array. */
  private String eachSum(String pattern) {
    return each(
        endsFirst(sums()),
        s -> put(s, "s", pattern.replace("{c}", "c" + s / VECTORS + s % VECTORS)));
  }
}
