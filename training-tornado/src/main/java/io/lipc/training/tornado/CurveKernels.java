package io.lipc.training.tornado;

import io.lipc.device.DeviceFunctions;
import io.lipc.device.DeviceSine;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Curved activations on a device, in float, by the functions that kernels of trained networks have
 * as well: those of {@code PointwiseKind} that are not made of linear pieces. NaN gives NaN. Where
 * nothing is said of {@code constants}, there are none. No method of a kernel has the name of a
 * function of OpenCL C, which drivers would take it for.
 */
final class CurveKernels {

  private CurveKernels() {}

  /** {@code y = tanh x}. */
  static void tanhValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.tanh(x.get(item)));
    }
  }

  /** {@code y = 1 / (1 + e^-x)}. */
  static void sigmoidValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.sigmoid(x.get(item)));
    }
  }

  /** {@code y = x / (1 + e^-x)}. */
  static void siluValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.silu(x.get(item)));
    }
  }

  /** {@code y = log(1 + e^x)}. */
  static void softplusValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.softplus(x.get(item)));
    }
  }

  /** {@code y = x / (1 + |x|)}. */
  static void softsignValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.softsign(x.get(item)));
    }
  }

  /** {@code y = x} from 3 on, 0 up to -3, and {@code x (x + 3) / 6} between them. */
  static void hardSwishValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.hardSwish(x.get(item)));
    }
  }

  /** {@code y = x P(x)} with the normal distribution P. */
  static void geluValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.gelu(x.get(item)));
    }
  }

  /** {@code y = x (1 + tanh(c (x + 0.044715 x^3))) / 2} with {@code c = sqrt(2 / pi)}. */
  static void geluTanhValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.geluTanh(x.get(item)));
    }
  }

  /** {@code y = x tanh(log(1 + e^x))}. */
  static void mishValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.mish(x.get(item)));
    }
  }

  /** {@code y = selu(x)}. */
  static void seluValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.selu(x.get(item)));
    }
  }

  /** {@code y = sin x}. */
  static void sinValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceSine.sin(x.get(item)));
    }
  }

  /**
   * {@code y = x} from 0 on, and {@code a (e^x - 1)} below.
   *
   * @param constants of which the second is a
   */
  static void eluValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.elu(x.get(item), constants.get(1)));
    }
  }

  /**
   * {@code y = x} from 0 on, and {@code a (e^(x / a) - 1)} below.
   *
   * @param constants of which the second is a
   */
  static void celuValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      y.set(item, DeviceFunctions.celu(x.get(item), constants.get(1)));
    }
  }
}
