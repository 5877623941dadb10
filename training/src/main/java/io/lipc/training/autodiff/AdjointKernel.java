package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;

/**
 * The kernel of a convolution's adjoint: inputs and outputs change places, and taps their order,
 * the last one first. For a kernel of one tap it is the transposed matrix. The adjoint of the
 * adjoint is the kernel itself.
 */
final class AdjointKernel {

  private AdjointKernel() {}

  /**
   * The rows, one for each input.
   *
   * @param taps the number of elements of each input in a row of {@code kernel}
   */
  static double[][] of(double[][] kernel, int taps) {
    int inputs = kernel[0].length / taps;
    double[][] adjoint = Entries.zeros(inputs, kernel.length * taps);
    for (int o = 0; o < kernel.length; o++) {
      for (int i = 0; i < inputs; i++) {
        for (int tap = 0; tap < taps; tap++) {
          adjoint[i][o * taps + tap] = kernel[o][i * taps + taps - 1 - tap];
        }
      }
    }
    return adjoint;
  }
}
