/**
 * Certified classifiers of small UCI sets, constructions side by side: one row of a CSV file for
 * each network that was trained, and the tables and drawings that the rows come to.
 */
@NullMarked
package io.lipc.benchmarks.uci;

import org.jspecify.annotations.NullMarked;
