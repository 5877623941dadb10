package io.lipc.benchmarks;

/**
 * One network of one engine, with its inputs. Each JVM has one class of it, so calls are direct.
 */
interface Evaluator {

  /** The timed code: evaluates all rows, and gives the object that holds the outputs. */
  Object run() throws Exception;

  /** The outputs of the last run, row by row. */
  float[][] outputs();
}
