/**
 * Inference by lipc beside ONNX Runtime and naive loops, measured by JMH: one command runs all and
 * writes the figures, the table and the plot of {@code docs/benchmarks.md}.
 */
@NullMarked
package io.lipc.benchmarks;

import org.jspecify.annotations.NullMarked;
