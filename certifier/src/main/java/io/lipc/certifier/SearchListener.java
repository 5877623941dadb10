package io.lipc.certifier;

import io.lipc.certifier.problem.IterationListener;

/** Listens to the progress of the certifier, method by method. */
public interface SearchListener extends IterationListener {

  /** A listener that does nothing. */
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
