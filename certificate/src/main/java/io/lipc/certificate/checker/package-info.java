/**
 * The trusted core: it rebuilds the matrix inequality from the flat list and the weights, and
 * decides by exact or rigorously enclosed arithmetic. Read it alone; it depends on nothing that
 * searches.
 *
 * <p>{@link io.lipc.certificate.checker.CertificateChecker} checks the structure, {@code Assembly}
 * builds the matrix, and {@code Positivity} of the package {@code positivity} decides it.
 */
@NullMarked
package io.lipc.certificate.checker;

import org.jspecify.annotations.NullMarked;
