package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;

/**
 * The Java of one task. The method is called with the context of its work group where it has one,
 * the sources, the constants, the target, the sizes, and what its {@link Work} adds: how many
 * results there are and the number of work items, or the number of rows.
 *
 * @param kernel the method that a work item runs; tasks that do the same share it
 * @param constants the arrays of weights that it reads, in order
 * @param sizes what else it is told: numbers, as literals
 * @param work over which work items it is spread
 */
record DeviceCode(MethodSpec kernel, List<Constant> constants, List<CodeBlock> sizes, Work work) {

  DeviceCode {
    constants = List.copyOf(constants);
    sizes = List.copyOf(sizes);
  }

  /** An independent item for each result of a row. */
  DeviceCode(MethodSpec kernel, List<Constant> constants, List<CodeBlock> sizes, int results) {
    this(kernel, constants, sizes, new Work.Items(results, 1));
  }

  /**
   * Weights on the device.
   *
   * @param suffix what its variable is called, behind the name of the task
   * @param numbers an expression of the network's {@code parameters}
   * @param isMatrix whether that is an array of arrays, and not one array
   * @param packing how they lie there
   */
  record Constant(String suffix, CodeBlock numbers, boolean isMatrix, Packing packing) {

    /** Arrays one after the other, each filled up with zeros to a width. */
    Constant(String suffix, CodeBlock numbers, boolean isMatrix, int width) {
      this(suffix, numbers, isMatrix, new Packing.Padded(width));
    }
  }

  /** The layout of numbers in the memory of a device. */
  sealed interface Packing {

    /**
     * One array after the other.
     *
     * @param width how long each becomes, by zeros at its end
     */
    record Padded(int width) implements Packing {}

    /** Arrays of at most eight, one after the other, each a vector. */
    record Vectors() implements Packing {}

    /** Vectors of eight columns: first those of the first eight, row by row, and so on. */
    record Lanes() implements Packing {}
  }
}
