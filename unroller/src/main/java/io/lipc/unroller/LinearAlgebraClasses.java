package io.lipc.unroller;

import io.lipc.unroller.MatrixTile.Side;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The classes that products of matrices call. */
final class LinearAlgebraClasses {

  private LinearAlgebraClasses() {}

  static List<UnrolledClass> all() {
    return List.of(matrixTiles());
  }

  private static UnrolledClass matrixTiles() {
    return new UnrolledClass(
        "MatrixTiles",
        """
        The register tiles of {@link VectorTiles}: {@code y[i + r][j + c] += sign * a * x[k][j + c]} for
        terms k from {@code from} to below {@code to}, where a is {@code a[i + r][k]}, or {@code a[k][i
        + r]} of a transposed left side. Each sum takes its terms from the first to the last, fused.

        <p>C2 inlines only so much, and behind that limit every vector becomes an object: so a tile is
        one straight method. Its arrays are read at the first and the last index first, and then those
        between need no checks.
        """,
        List.of(
            "jdk.incubator.vector.DoubleVector",
            "jdk.incubator.vector.VectorMask",
            "jdk.incubator.vector.VectorSpecies"),
        """
        static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
        static final int LANES = SPECIES.length();
        """,
        Arrays.stream(Side.values())
            .flatMap(LinearAlgebraClasses::tiles)
            .map(MatrixTile::method)
            .toList());
  }

  private static Stream<MatrixTile> tiles(Side side) {
    return Stream.of(
        new MatrixTile(4, 4, side, 32),
        new MatrixTile(4, 2, side, 16),
        new MatrixTile(4, 1, side, 16));
  }
}
