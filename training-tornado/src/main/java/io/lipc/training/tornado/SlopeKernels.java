package io.lipc.training.tornado;

import io.lipc.device.DeviceSine;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The adjoints of {@link CurveKernels}: {@code dx = f'(x) dy}, or {@code dx += f'(x) dy} where
 * {@code adds} is 1.
 */
final class SlopeKernels {

  private SlopeKernels() {}

  /** Multiplies gradients by the slope of tanh. */
  static void tanhSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float y = TornadoMath.tanh(t);
      float slope = (1 - y) * (1 + y);
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** Multiplies gradients by the slope of the sigmoid s: {@code s(x) s(-x)}. */
  static void sigmoidSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = 1 / ((1 + TornadoMath.exp(-t)) * (1 + TornadoMath.exp(t)));
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** Multiplies gradients by the slope of silu: {@code s(x) (1 + x s(-x))}. */
  static void siluSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float at = 1 / (1 + TornadoMath.exp(-t));
      float slope = at * (1 + t / (1 + TornadoMath.exp(t)));
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** Multiplies gradients by the slope of softplus: the sigmoid. */
  static void softplusSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = 1 / (1 + TornadoMath.exp(-t));
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** Multiplies gradients by the slope of softsign. */
  static void softsignSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float root = 1 / (1 + TornadoMath.abs(t));
      float slope = root * root;
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /**
   * Multiplies gradients by the slope of the sine: the cosine, which has the same error as the sine
   * of {@link CurveKernels}.
   */
  static void sinSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = DeviceSine.cos(t);
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** Multiplies gradients by the slope of hard_swish. */
  static void hardSwishSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = t / 3 + 0.5f;
      if (t <= -3) {
        slope = 0;
      } else if (t >= 3) {
        slope = 1;
      }
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /** Multiplies gradients by the slope of gelu_tanh. */
  static void geluTanhSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float u = TornadoMath.tanh(0.7978846f * (t + 0.044715f * t * t * t));
      float inner = 0.7978846f * (1 + 0.134145f * t * t);
      float slope = 0.5f * (1 + u) + 0.5f * t * (1 - u) * (1 + u) * inner;
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /**
   * Multiplies gradients by the slope of mish: {@code u + x (1 - u^2) s(x)} with {@code u =
   * tanh(log(1 + e^x))}.
   */
  static void mishSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float power = TornadoMath.exp(-TornadoMath.abs(t));
      float u = TornadoMath.tanh((t > 0 ? t : 0) + TornadoMath.log(1 + power));
      float at = 1 / (1 + TornadoMath.exp(-t));
      float slope = u + t * (1 - u) * (1 + u) * at;
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /**
   * Multiplies gradients by the slope of elu, celu and selu: s above 0, and {@code a e^(x / b) / b}
   * up to it, as on the JVM.
   */
  static void exponentialSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
    for (@Parallel int item = 0; item < size; item++) {
      float t = x.get(item);
      float slope = constants.get(0);
      if (t <= 0) {
        float width = constants.get(2);
        slope = constants.get(1) * TornadoMath.exp(t / width) / width;
      }
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }

  /**
   * Multiplies gradients by the slope of gelu: {@code P(x) + x p(x)}, with P as {@link
   * CurveKernels#geluValue} has it and its density p.
   */
  static void geluSlope(
      FloatArray x, FloatArray dy, FloatArray dx, FloatArray constants, int size, int adds) {
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
      float slope = 1 - tail;
      if (t < 0) {
        slope = tail;
      }
      slope += 0.3989423f * t * power;
      float sum = slope * dy.get(item);
      if (adds == 1) {
        sum += dx.get(item);
      }
      dx.set(item, sum);
    }
  }
}
