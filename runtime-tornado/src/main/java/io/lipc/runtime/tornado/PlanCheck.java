package io.lipc.runtime.tornado;

import io.lipc.runtime.RowAgreement;
import java.util.Arrays;

/**
 * Whether a device computes what the JVM network of the same weights does, as {@link RowAgreement}
 * decides it. Drivers and TornadoVM's compiler have errors that nothing else reports.
 */
final class PlanCheck {

  private PlanCheck() {}

  /**
   * Executes a plan, once if it takes 16 rows or more.
   *
   * @throws DeviceException if an element of its output is off, or nothing can be said of it
   */
  static void check(Plan plan, TornadoProgram program, Device.Accelerator device, int batch) {
    RowAgreement.objection(
            program.network(), batch, inputs -> outputs(plan, inputs, batch, program.outputSize()))
        .ifPresent(
            objection -> {
              throw new DeviceException(
                  "device " + device + " " + objection.fault(), objection.help());
            });
  }

  private static float[] outputs(Plan plan, float[] inputs, int batch, int size) {
    float[] outputs = new float[batch * size];
    Arrays.fill(outputs, Float.NaN);
    plan.execute(inputs, outputs, 0, batch);
    return outputs;
  }
}
