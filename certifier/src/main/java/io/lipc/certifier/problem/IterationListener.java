package io.lipc.certifier.problem;

/**
 * Listens to the progress of one search, in the thread that searches; no number that it hears is a
 * proof.
 */
public interface IterationListener {

  /**
   * An iteration begins.
   *
   * @param iteration from 0
   * @param gap how far apart the primal and the dual value are, relative
   */
  void steps(int iteration, double gap);
}
