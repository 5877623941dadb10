package io.lipc.certifier.problem;

/** Is told how one search goes on, in the thread that searches; nothing told is a proof. */
public interface IterationListener {

  /**
   * An iteration begins.
   *
   * @param iteration from 0
   * @param gap how far apart the primal and the dual value are, relative
   */
  void steps(int iteration, double gap);
}
