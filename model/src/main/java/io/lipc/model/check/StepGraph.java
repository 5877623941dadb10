package io.lipc.model.check;

import java.util.List;

/**
 * The steps that each step reads, by number; {@link #UNRESOLVED} stands for a name that could not
 * be resolved.
 *
 * @param operands for each step the steps that it reads
 * @param output the step that the network returns, or {@link #UNRESOLVED}
 */
record StepGraph(List<List<Integer>> operands, int output) {

  static final int UNRESOLVED = -1;

  StepGraph {
    operands = List.copyOf(operands);
  }

  int size() {
    return operands.size();
  }

  boolean fullyResolved() {
    return output != UNRESOLVED && operands.stream().noneMatch(list -> list.contains(UNRESOLVED));
  }
}
