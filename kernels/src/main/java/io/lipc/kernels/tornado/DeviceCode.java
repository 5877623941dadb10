package io.lipc.kernels.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;

/**
 * The Java of one task. The method is called with the sources, the constants, the target, the
 * sizes, how many results there are, and the number of work items.
 *
 * @param kernel the method that a work item runs; tasks that do the same share it
 * @param constants the arrays of weights that it reads, in order
 * @param sizes what else it is told: numbers, as literals
 * @param results how many work items have something to do, per row
 */
record DeviceCode(MethodSpec kernel, List<Constant> constants, List<CodeBlock> sizes, int results) {

  DeviceCode {
    constants = List.copyOf(constants);
    sizes = List.copyOf(sizes);
  }

  /**
   * Weights on the device.
   *
   * @param suffix what its variable is called, behind the name of the task
   * @param numbers an expression of the network's {@code parameters}
   * @param isMatrix whether that is an array of arrays, and not one array
   * @param width how long each array becomes, by zeros at its end
   */
  record Constant(String suffix, CodeBlock numbers, boolean isMatrix, int width) {}
}
