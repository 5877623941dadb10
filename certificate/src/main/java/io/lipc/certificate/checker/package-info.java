/**
 * The trusted core: it rebuilds the matrix inequality from the flat list and the weights, and
 * decides by exact or rigorously enclosed arithmetic. Read it alone; it depends on nothing that
 * searches.
 */
@NullMarked
package io.lipc.certificate.checker;

import org.jspecify.annotations.NullMarked;
