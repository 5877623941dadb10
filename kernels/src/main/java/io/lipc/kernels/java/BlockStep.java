package io.lipc.kernels.java;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/** A piece of what runs a kernel on a block of rows. */
sealed interface BlockStep {

  /** Statements that are complete. */
  record Whole(CodeBlock statements) implements BlockStep {}

  /**
   * A statement for each element {@code i} of a row, which reads and writes element {@code i} of
   * buffers alone.
   *
   * @param count how many elements a row has
   */
  record PerElement(int count, CodeBlock statement) implements BlockStep {}

  /**
   * The Java of some steps. Neighbours that run over the same number of elements share a loop: an
   * activation, the sum behind it and a scaling pass over an element's rows while they are in the
   * first-level cache. It changes no result, because no step reads what another one writes of
   * another element, and places that are shared are shared element by element.
   */
  static CodeBlock code(List<BlockStep> steps) {
    CodeBlock.Builder code = CodeBlock.builder();
    List<PerElement> loop = new ArrayList<>();
    for (BlockStep step : steps) {
      switch (step) {
        case Whole whole -> {
          close(loop, code);
          code.add(whole.statements());
        }
        case PerElement next -> {
          if (!loop.isEmpty() && loop.getFirst().count() != next.count()) {
            close(loop, code);
          }
          loop.add(next);
        }
      }
    }
    close(loop, code);
    return code.build();
  }

  private static void close(List<PerElement> loop, CodeBlock.Builder code) {
    if (loop.isEmpty()) {
      return;
    }
    code.beginControlFlow("for (int i = 0; i < $L; i++)", loop.getFirst().count());
    loop.forEach(step -> code.add(step.statement()));
    code.endControlFlow();
    loop.clear();
  }
}
