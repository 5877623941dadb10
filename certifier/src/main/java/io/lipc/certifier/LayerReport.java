package io.lipc.certifier;

import io.lipc.model.UpperBound;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The contribution of a weighted layer to the bound.
 *
 * @param weight the name of its matrix, or of the kernel of a convolution
 * @param inputs the number of elements that it reads
 * @param outputs the number of elements that it gives
 * @param norm a proved bound of its spectral norm; empty where none was proved
 * @param embedding the torus on which the norm of a convolution was proved; empty where it is that
 *     of its matrix
 * @param pivot the least eigenvalue of the pivot block that the layer leads to, at the bound that
 *     was asked for; negative where elimination stops; empty where there was no elimination
 */
public record LayerReport(
    String weight,
    int inputs,
    int outputs,
    Optional<UpperBound> norm,
    Optional<Embedding> embedding,
    OptionalDouble pivot) {}
