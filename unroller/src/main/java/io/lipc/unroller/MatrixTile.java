package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.capitalized;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.endsFirst;
import static io.lipc.unroller.Code.lines;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

/**
 * A register tile of a product of matrices of doubles: a few rows by a few vectors of columns,
 * whose sums stay in registers while the terms pass by. In the methods, {@code r} numbers rows and
 * {@code v} vectors of columns; the sum {@code c{r}{v}} gains {@code x{v} w{r}} from each term, in
 * the order of terms. A tile of one vector has a mask, for what is left of the columns.
 *
 * <p>As in {@link Tile}, it is one straight method.
 *
 * @param registers how many vector registers there are
 */
record MatrixTile(int rows, int vectors, Side side, int registers) {

  /** How the entries of the left side lie. */
  enum Side {
    /** {@code a[row][term]}. */
    PLAIN("", "a{r}[k]"),
    /** {@code a[term][row]}. */
    TRANSPOSED("Transposed", "ak[i + {r}]");

    private final String suffix;
    private final String entry;

    Side(String suffix, String entry) {
      this.suffix = suffix;
      this.entry = entry;
    }
  }

  /**
   * @throws IllegalArgumentException if the sums do not fit the registers, with the vectors and the
   *     entry of a step
   */
  MatrixTile {
    int needed = rows * vectors + vectors + 1;
    if (needed > registers) {
      throw new IllegalArgumentException(
          "a tile of %d by %d takes %d vector registers, and there are %d"
              .formatted(rows, vectors, needed, registers));
    }
  }

  String method() {
    String sides = side == Side.PLAIN ? "." : ", of a transposed left side.";
    String columns =
        vectors == 1 ? "one vector, or by what is left of one" : word(vectors) + " vectors";
    return Code.method(
        capitalized(rows) + " rows by " + columns + sides,
        "static void " + word(rows) + "By" + capitalized(vectors) + side.suffix,
        "double[][] y, double[][] a, double sign, double[][] x, int i, int from, int to, int j"
            + (vectors == 1 ? ", VectorMask<Double> mask" : ""),
        eachRow("double[] y{r} = y[i + {r}];"),
        side == Side.PLAIN ? eachRow("double[] a{r} = a[i + {r}];") : "",
        eachRow(each("v", endsFirst(vectors), "DoubleVector c{r}{v} = " + load("y{r}"))),
        block(
            "for (int k = from; k < to; k++)",
            "double[] xk = x[k];",
            side == Side.TRANSPOSED ? "double[] ak = a[k];" : "",
            each("v", endsFirst(vectors), "DoubleVector x{v} = " + load("xk")),
            eachRow(
                "DoubleVector w{r} = DoubleVector.broadcast(SPECIES, sign * " + side.entry + ");",
                each("v", upTo(vectors), "c{r}{v} = x{v}.fma(w{r}, c{r}{v});"))),
        eachRow(each("v", upTo(vectors), "c{r}{v}.intoArray(y{r}, " + place() + ");")));
  }

  private String load(String array) {
    return "DoubleVector.fromArray(SPECIES, " + array + ", " + place() + ");";
  }

  private String place() {
    return vectors == 1 ? "j, mask" : "j + {v} * LANES";
  }

  /** The entries of a transposed left side lie in one array. */
  private String eachRow(String... pattern) {
    return each("r", side == Side.PLAIN ? upTo(rows) : endsFirst(rows), lines(pattern));
  }
}
