package io.lipc.certifier;

import io.lipc.certifier.problem.IterationListener;

/** Is told how the certifier goes on, method by method. */
public interface SearchListener extends IterationListener {

  /** Is told and does nothing. */
  SearchListener NONE =
      new SearchListener() {
        @Override
        public void begins(Method method) {}

        @Override
        public void steps(int iteration, double gap) {}
      };

  /** A method begins; the iterations that follow are its own. */
  void begins(Method method);
}
