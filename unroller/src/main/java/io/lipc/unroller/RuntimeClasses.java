package io.lipc.unroller;

import java.util.List;

/** The classes that the runtime's layers and transpositions call. */
final class RuntimeClasses {

  private static final String FLOAT_VECTOR = "jdk.incubator.vector.FloatVector";
  private static final String SPECIES = "jdk.incubator.vector.VectorSpecies";

  private static final List<String> VECTORS =
      List.of(FLOAT_VECTOR, "jdk.incubator.vector.VectorOperators", SPECIES);

  private static final String SAME_LANES =
      """
      private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
      private static final int LANES = VectorTiles.LANES;
      """;

  private RuntimeClasses() {}

  /** The classes that need plain Java only. */
  static List<UnrolledClass> scalar() {
    return List.of(
        scalarLoops(),
        doubleLoops(),
        scalarStrips(),
        PoolingTwins.pooling(Element.FLOAT),
        PoolingTwins.pooling(Element.DOUBLE),
        ParameterTwins.parameterArrays());
  }

  /** The classes that need the Vector API. */
  static List<UnrolledClass> vector() {
    return List.of(
        vectorTiles(), largeTiles(), smallTiles(), vectorStrips(), PixelClass.pixelTiles());
  }

  private static UnrolledClass vectorTiles() {
    return new UnrolledClass(
        "VectorTiles",
        """
        The register tiles of dense layers for any processor: a few outputs of one row or of two
        vectors of rows, whose sums stay in registers while the inputs pass by. Their parameters:

        <ul>
          <li>{@code packed}, {@code first}: where the weights of the tile's first output begin; {@code
              stride} further are those of the next input;
          <li>{@code bias}, {@code floor}: {@code y = max(W x + b, floor)};
          <li>{@code x}, {@code inputs}, {@code y}: as {@code Transposed} lays them out;
          <li>{@code output}, {@code row}: the first of each. In {@link #panel}, {@code x} and {@code y}
              are one row, so there is no {@code row}, but {@code end}, the number of outputs.
        </ul>

        <p>Two facts about C2 give them their form. It inlines only so much, and behind that limit every
        vector becomes an object: so a tile is one straight method without helpers. And what it does
        before and after the loop takes longer than one would think: arrays are read at the first and the
        last index first, and then those between need no checks; {@code FloatVector.max} takes six
        instructions, a comparison and a blend take two. What is not above the floor becomes the floor,
        even {@code -0}, and NaN stays, as {@link Math#max} has it.
        """,
        VECTORS,
        """
        static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
        static final int LANES = SPECIES.length();
        """,
        List.of(new Panel(4).ofOneRow(), new Tile(5, 16).ofRows(), new Tile(1, 16).ofRows()));
  }

  private static UnrolledClass largeTiles() {
    return new UnrolledClass(
        "LargeTiles",
        """
        Register tiles as those of {@link VectorTiles}, for processors with 32 vector registers. Thirteen
        outputs, twelve and ten make up most numbers of outputs, and almost all large ones.
        """,
        VECTORS,
        SAME_LANES,
        List.of(new Tile(13, 32).ofRows(), new Tile(12, 32).ofRows(), new Tile(10, 32).ofRows()));
  }

  private static UnrolledClass smallTiles() {
    Tile tile = new Tile(5, 16);
    return new UnrolledClass(
        "SmallTiles",
        """
        The register tile for processors with 16 vector registers, in the form of {@link VectorTiles},
        but for where it reads and writes:

        <ul>
          <li>{@code slice}: two vectors of rows for each of its {@code inputs};
          <li>{@code start}, {@code sums}: what sums start from and, unless these inputs are the {@code
              last}, where they go: two vectors of rows for each output of the layer;
          <li>{@code y}: where {@code max(sum, floor)} goes after the last inputs.
        </ul>

        <p>Twelve sums would leave C2 too few registers: it moves loads ahead, and then it spills.
        """,
        VECTORS,
        """
        /** The outputs of a tile. */
        static final int OUTPUTS = %d;

        %s\
        """
            .formatted(tile.outputs(), SAME_LANES),
        List.of(Tile.copyToSlice(), tile.ofSlices()));
  }

  private static UnrolledClass vectorStrips() {
    VectorStrip strip = new VectorStrip(8);
    return new UnrolledClass(
        "VectorStrips",
        """
        The squares of {@link VectorTransposition}, one behind the other: vectors of 256 bits, whatever
        is preferred, because more would be four steps between twice as many vectors.

        <p>Of each square, there is a step for each bit of the indices: of rows i and {@code i ^ bit},
        the numbers whose column lacks the bit that their row has change places with those whose row
        lacks it. Then rows and columns are exchanged. One straight method, for the reason given in
        {@link VectorTiles}.
        """,
        List.of(
            FLOAT_VECTOR,
            "jdk.incubator.vector.VectorMask",
            "jdk.incubator.vector.VectorShuffle",
            SPECIES),
        strip.constants(),
        List.of(strip.transpose(), strip.transposeFlat()));
  }

  private static UnrolledClass scalarLoops() {
    return new UnrolledClass(
        "ScalarLoops",
        """
        The loops of {@link ScalarDense}, in the only form that C2 vectorises: every array is indexed by
        the same plain {@code j}, which starts at 0 and ends below {@code size}, and the body is short.
        Each adds products to sums in the order of {@link FloatDense}. All arrays are different ones.

        <p>Where inputs are added to sums, {@code x[k]} is the array of the first input and {@code y[r]}
        that of the first sum. {@code factors[k + p][i + o]} is what input {@code k + p} counts in the
        sum {@code r + o}.
        """,
        List.of(),
        """
        /**
         * C2 unrolls a loop, and so chooses the width of its vectors, for the lengths that it has seen
         * when it compiles. After lengths of 50 it takes four lanes, after 512 sixteen, for good: loops
         * over long arrays would stay half as fast where short ones came first. So they have methods of
         * their own, the same twice.
         */
        private static final int LONG = 128;
        """,
        List.of(
            new BlockLoop(4, 4).byLength(),
            new BlockLoop(1, 4).ofAnyLength(),
            new BlockLoop(4, 1).ofAnyLength(),
            new RowLoop(Element.FLOAT, 8).ofAnyLength(),
            new RowLoop(Element.FLOAT, 4).ofAnyLength()));
  }

  private static UnrolledClass doubleLoops() {
    return new UnrolledClass(
        "DoubleLoops",
        "The loop of {@link DoubleDense}: as those of {@link ScalarLoops} for one row.",
        List.of(),
        "",
        List.of(new RowLoop(Element.DOUBLE, 4).ofAnyLength()));
  }

  private static UnrolledClass scalarStrips() {
    ScalarStrip strip = new ScalarStrip(8);
    return new UnrolledClass(
        "ScalarStrips",
        """
        The rows that {@link Transposed} puts into a block, or takes out, together: what is written to an
        array of the block, or read, lies side by side.
        """,
        List.of(),
        """
        /** How many rows. */
        static final int ROWS = %d;
        """
            .formatted(strip.rows()),
        List.of(strip.transpose(), strip.transposeBack()));
  }
}
