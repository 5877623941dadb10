package io.lipc.runtime.tornado;

import io.lipc.runtime.RowAgreement;
import java.util.Arrays;
import java.util.Optional;

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
  static void check(Plan plan, DeviceProgram program, Device.Accelerator device, int batch) {
    int size = batch * program.outputSize();
    Optional<RowAgreement.Objection> objection =
        switch (program) {
          case TornadoProgram floats ->
              RowAgreement.objection(floats.network(), batch, x -> outputs(plan, x, batch, size));
          case TornadoDoubleProgram doubles ->
              RowAgreement.objection(doubles.network(), batch, x -> outputs(plan, x, batch, size));
        };
    objection.ifPresent(
        found -> {
          throw new DeviceException("device " + device + " " + found.fault(), found.help());
        });
  }

  private static float[] outputs(Plan plan, float[] inputs, int batch, int size) {
    float[] outputs = new float[size];
    Arrays.fill(outputs, Float.NaN);
    plan.execute(new FloatBatch(inputs, outputs, batch), 0, batch);
    return outputs;
  }

  private static double[] outputs(Plan plan, double[] inputs, int batch, int size) {
    double[] outputs = new double[size];
    Arrays.fill(outputs, Double.NaN);
    plan.execute(new DoubleBatch(inputs, outputs, batch), 0, batch);
    return outputs;
  }
}
