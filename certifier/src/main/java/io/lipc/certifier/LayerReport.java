package io.lipc.certifier;

import io.lipc.model.UpperBound;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a weighted layer contributes.
 *
 * @param weight the name of its matrix
 * @param inputs the number of the matrix's columns
 * @param outputs the number of its rows
 * @param norm a proved bound of the matrix's spectral norm; empty where none was proved
 * @param pivot the least eigenvalue of the pivot block that the layer leads to, at the bound that
 *     was asked for; negative where elimination stops; empty where there was no elimination
 */
public record LayerReport(
    String weight, int inputs, int outputs, Optional<UpperBound> norm, OptionalDouble pivot) {}
