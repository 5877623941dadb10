/** The runs of {@code benchmarks/uci} as tasks of a Spark job. */
@NullMarked
package io.lipc.benchmarks.uci.spark;

import org.jspecify.annotations.NullMarked;
