package io.lipc.certifier;

/** Is told how a search goes on, in the thread that searches; nothing told is a proof. */
public interface SearchListener {

  /** Is told and does nothing. */
  SearchListener NONE =
      new SearchListener() {
        @Override
        public void begins(Method method) {}

        @Override
        public void steps(int iteration, double gap) {}
      };

  /** A method begins. */
  void begins(Method method);

  /**
   * An iteration of it begins.
   *
   * @param iteration from 0
   * @param gap how far apart the primal and the dual value are, relative
   */
  void steps(int iteration, double gap);
}
