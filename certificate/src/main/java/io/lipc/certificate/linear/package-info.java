/**
 * The part of the trusted core that knows what a linear operation is: its matrix, row by row, in
 * exact coefficients. One record for each; whatever reads a network asks the record.
 */
@NullMarked
package io.lipc.certificate.linear;

import org.jspecify.annotations.NullMarked;
