package io.lipc.unroller;

import static io.lipc.unroller.Code.block;
import static io.lipc.unroller.Code.each;
import static io.lipc.unroller.Code.lines;
import static io.lipc.unroller.Code.method;
import static io.lipc.unroller.Code.upTo;
import static io.lipc.unroller.Code.word;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Squares of vectors that are transposed, in one straight method, for the reason given in {@link
 * Tile}.
 *
 * <p>There is a step for each bit of the indices: of rows i and {@code i ^ bit}, the numbers whose
 * column lacks the bit that their row has change places with those whose row lacks it. Then rows
 * and columns are exchanged.
 *
 * @param side how many rows and columns
 */
record VectorStrip(int side) {

  /**
   * @throws IllegalArgumentException if no vector of floats is as long
   */
  VectorStrip {
    if (!List.of(2, 4, 8, 16).contains(side)) {
      throw new IllegalArgumentException("no vector has " + side + " floats");
    }
  }

  /** The species, and for each step how lanes change places and which ones take part. */
  String constants() {
    return lines(
        "private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_"
            + side * Float.SIZE
            + ";",
        "static final int SIDE = SPECIES.length();\n",
        each(
            bits(),
            bit ->
                ("private static final VectorShuffle<Float> SWAP%1$d ="
                        + " VectorShuffle.fromOp(SPECIES, j -> j ^ %1$d);")
                    .formatted(bit)),
        "\n// The lanes with this bit in their number.",
        each(
            bits(),
            bit ->
                ("private static final VectorMask<Float> BIT%d ="
                        + " VectorMask.fromLong(SPECIES, 0b%s);")
                    .formatted(bit, Integer.toBinaryString(lanesWith(bit)))));
  }

  String transpose() {
    return method(
        """
        {@code target[p + j][q + i] = source[m + i][j]} for i below %s and j below {@code width}.
        Targets are written in their order: if one stands there twice, it holds the last.
        """
            .formatted(word(side)),
        "static void transpose",
        "float[][] source, int m, int width, float[][] target, int p, int q",
        each("i", upTo(side), "float[] s{i} = source[m + {i}];"),
        block(
            "for (int k = 0; k < width; k += SIDE)",
            "int n = Math.min(k, width - SIDE);",
            each("i", upTo(side), "FloatVector a{i} = FloatVector.fromArray(SPECIES, s{i}, n);"),
            steps(".intoArray(target[p + n + {i}], q);")));
  }

  /** The same in matrices whose rows stand one behind the other, {@code pitch} floats apart. */
  String transposeFlat() {
    return method(
        """
        {@code target[at + j * targetPitch + i] = source[from + i * pitch + j]} for i below %s and j
        below {@code width}.
        """
            .formatted(word(side)),
        "static void transpose",
        "float[] source, int from, int pitch, int width, float[] target, int at, int targetPitch",
        block(
            "for (int k = 0; k < width; k += SIDE)",
            "int n = Math.min(k, width - SIDE);",
            "int first = from + n;",
            "int to = at + n * targetPitch;",
            each(
                "i",
                upTo(side),
                "FloatVector a{i} = FloatVector.fromArray(SPECIES, source, first + {i} * pitch);"),
            steps(".intoArray(target, to + {i} * targetPitch);")));
  }

  /** The letters a, b, c, ... are the vectors before each step; what they are stored by follows. */
  private String steps(String store) {
    StringBuilder steps = new StringBuilder();
    char before = 'a';
    for (int bit : bits()) {
      char from = before++;
      char to = before;
      steps.append(
          2 * bit == side
              ? each(upTo(side), i -> exchanged(from, i, bit) + Code.put(i, "i", store))
              : each(
                  upTo(side),
                  i -> "FloatVector " + to + i + " = " + exchanged(from, i, bit) + ";"));
    }
    return steps.toString();
  }

  private static String exchanged(char from, int i, int bit) {
    String lower = "" + from + (i & ~bit);
    String upper = "" + from + (i | bit);
    String swap = ".rearrange(SWAP" + bit + ")";
    return (i & bit) == 0
        ? lower + ".blend(" + upper + swap + ", BIT" + bit + ")"
        : lower + swap + ".blend(" + upper + ", BIT" + bit + ")";
  }

  /** 1, 2, 4, ... below the side. */
  private List<Integer> bits() {
    return IntStream.iterate(1, bit -> bit < side, bit -> 2 * bit).boxed().toList();
  }

  private int lanesWith(int bit) {
    return IntStream.range(0, side).filter(j -> (j & bit) != 0).map(j -> 1 << j).sum();
  }
}
