package io.lipc.training.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Curved activations on a device, in float: those of {@code PointwiseKind} that are not made of
 * linear pieces. NaN gives NaN. Where nothing is said of {@code constants}, there are none. No
 * method of a kernel has the name of a function of OpenCL C, which drivers would take it for.
 */
final class CurveKernels {

  private CurveKernels() {}

  /** {@code y = tanh x}. */
  static void tanhValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      y.set(item, TornadoMath.tanh(t));
    }
  }

  /** {@code y = 1 / (1 + e^-x)}. */
  static void sigmoidValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      y.set(item, 1 / (1 + TornadoMath.exp(-t)));
    }
  }

  /** {@code y = x / (1 + e^-x)}. */
  static void siluValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      y.set(item, t / (1 + TornadoMath.exp(-t)));
    }
  }

  /** {@code y = log(1 + e^x)}, without overflow. */
  static void softplusValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      y.set(item, (t > 0 ? t : 0) + TornadoMath.log(1 + TornadoMath.exp(-TornadoMath.abs(t))));
    }
  }

  /** {@code y = x / (1 + |x|)}. */
  static void softsignValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      y.set(item, t / (1 + TornadoMath.abs(t)));
    }
  }

  /** {@code y = sin x}. */
  static void sinValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      y.set(item, TornadoMath.sin(t));
    }
  }

  /** {@code y = x} from 3 on, 0 up to -3, and {@code x (x + 3) / 6} between them. */
  static void hardSwishValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float value = t * (t + 3) / 6;
      if (t < -3) {
        value = 0;
      } else if (t > 3) {
        value = t;
      }
      y.set(item, value);
    }
  }

  /** {@code y = x (1 + tanh(c (x + 0.044715 x^3))) / 2} with {@code c = sqrt(2 / pi)}. */
  static void geluTanhValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float inner = 0.7978846f * (t + 0.044715f * t * t * t);
      y.set(item, 0.5f * t * (1 + TornadoMath.tanh(inner)));
    }
  }

  /** {@code y = x tanh(log(1 + e^x))}. */
  static void mishValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float power = TornadoMath.exp(-TornadoMath.abs(t));
      float softplus = (t > 0 ? t : 0) + TornadoMath.log(1 + power);
      y.set(item, t * TornadoMath.tanh(softplus));
    }
  }

  /**
   * {@code y = s x} from 0 on, and {@code a (e^(x / b) - 1)} below: elu, celu and selu.
   *
   * @param constants s, a and b
   */
  static void exponentialValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float value = constants.get(0) * t;
      if (t < 0) {
        value = constants.get(1) * (TornadoMath.exp(t / constants.get(2)) - 1);
      }
      y.set(item, value);
    }
  }

  /**
   * {@code y = x P(x)} with the normal distribution P. Devices have no error function: {@code
   * P(-|x|)} is half of formula 7.1.26 of Abramowitz and Stegun, off by at most 7.5e-8.
   */
  static void geluValue(FloatArray x, FloatArray y, FloatArray constants, int size) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float root = 0.70710677f * TornadoMath.abs(t);
      float k = 1 / (1 + 0.3275911f * root);
      float series =
          k
              * (0.2548296f
                  + k * (-0.28449672f + k * (1.4214138f + k * (-1.4531521f + k * 1.0614054f))));
      float power = TornadoMath.exp(-root * root);
      float tail = 0.5f * series * power;
      float share = 1 - tail;
      if (t < 0) {
        share = tail;
      }
      y.set(item, t * share);
    }
  }
}
