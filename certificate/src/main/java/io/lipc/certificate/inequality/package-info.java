/**
 * The matrix inequality of a certificate, rebuilt from the flat list of units and the weights. Part
 * of the trusted core: the checker that decides about the matrix knows no unit's constraint.
 */
@NullMarked
package io.lipc.certificate.inequality;

import org.jspecify.annotations.NullMarked;
