package io.lipc.runtime.tornado;

import io.lipc.certificate.RoundingBound;
import io.lipc.certificate.Unit;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether a device computes what the JVM network of the same weights does, which loading compared
 * with the certificate. Drivers and TornadoVM's compiler have errors that nothing else reports.
 *
 * <p>Every row of one batch of seeded inputs is compared, from the declared box or from [-1, 1].
 * Tolerance as at loading: {@code 1e-3 (1 + |y|)}, with |y| the largest element of the row, or
 * twice the rounding bound where that is more.
 */
final class PlanCheck {

  private static final long SEED = 0x6c697063;

  private PlanCheck() {}

  /**
   * Executes a plan once.
   *
   * @throws DeviceException if an element of its output is off
   */
  static void check(Plan plan, TornadoProgram program, Device.Accelerator device, int batch) {
    Unit.Box box = ((Unit.Input) program.network().certificate().units().getFirst()).boxOrUnit();
    float[] inputs = sample(box, batch);
    float[] outputs = new float[batch * program.outputSize()];
    Arrays.fill(outputs, Float.NaN);
    plan.execute(inputs, outputs);
    double slack = 2 * RoundingBound.maxError(program.network().subject(), box).orElse(0);
    float[] expected = new float[program.outputSize()];
    for (int row = 0; row < batch; row++) {
      program.network().apply(row(inputs, row, program.inputSize()), expected);
      compare(expected, row(outputs, row, expected.length), slack, row, device);
    }
  }

  private static void compare(
      float[] expected, float[] found, double slack, int row, Device.Accelerator device) {
    double largest = 0;
    for (float y : expected) {
      largest = Math.max(largest, Math.abs(y));
    }
    double tolerance = Math.max(1e-3 * (1 + largest), slack);
    for (int i = 0; i < expected.length; i++) {
      // Written so that NaN counts as a difference.
      if (!(Math.abs((double) expected[i] - found[i]) <= tolerance)) {
        throw new DeviceException(
            String.format(
                "device %s computes another function: output %d of row %d is %s, expected %s",
                device, i, row, found[i], expected[i]),
            "its driver or TornadoVM's compiler is at fault; run on another device, or on jvm");
      }
    }
  }

  private static float[] row(float[] rows, int row, int size) {
    return Arrays.copyOfRange(rows, row * size, (row + 1) * size);
  }

  private static float[] sample(Unit.Box box, int batch) {
    SplittableRandom random = new SplittableRandom(SEED);
    int size = box.lower().size();
    float[] inputs = new float[batch * size];
    for (int i = 0; i < inputs.length; i++) {
      double t = random.nextDouble();
      inputs[i] = (float) ((1 - t) * box.lower().get(i % size) + t * box.upper().get(i % size));
    }
    return inputs;
  }
}
