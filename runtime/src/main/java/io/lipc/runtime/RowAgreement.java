package io.lipc.runtime;

import io.lipc.certificate.Unit;
import io.lipc.runtime.agreement.RowSample;
import io.lipc.runtime.layout.Floats;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decides whether an accelerator computes the function of a network, row by row. Only its outputs
 * are known: they are compared with the JVM network, which loading compared with the certificate,
 * on seeded rows of the declared box, or of [-1, 1] where there is none.
 *
 * <p>The outputs have to be as close as {@link RowSample} says. Within that distance a constant
 * must not fit: on one sample at least an output has to vary by more. Where no box is declared,
 * larger and larger inputs are tried for that, as biases may hide small ones behind many layers. In
 * F64 the network in floats must not fit either: an accelerator that computes in floats, in part or
 * altogether, is the likeliest of wrong ones. Where no sample tells these apart, the accelerator is
 * not trusted.
 */
public final class RowAgreement {

  /** The sizes of inputs that have no box. */
  private static final double[] REACHES = {1, 0x1p10, 0x1p20, 0x1p40};

  private RowAgreement() {}

  /**
   * The reason why the results of a device are not trusted, in two clauses.
   *
   * @param fault a clause of which whatever was judged is the subject
   * @param help another clause: what to do
   */
  public record Objection(String fault, String help) {}

  /**
   * Runs {@code device} on sample rows and compares it with {@code network}: the first objection,
   * or empty if they agree.
   *
   * @param network the network as the JVM computes it
   * @param batch the number of rows that it takes at a time, at least 1
   * @param device gives the outputs of {@code batch} rows of inputs
   */
  public static Optional<Objection> objection(
      FloatNetwork network, int batch, UnaryOperator<float[]> device) {
    return compared(network, batch, x -> Floats.toDoubles(device.apply(Floats.of(x))));
  }

  /**
   * The same of a network in doubles.
   *
   * @param network the network as the JVM computes it
   * @param batch the number of rows that it takes at a time, at least 1
   * @param device gives the outputs of {@code batch} rows of inputs
   */
  public static Optional<Objection> objection(
      DoubleNetwork network, int batch, UnaryOperator<double[]> device) {
    return compared(network, batch, device);
  }

  private static Optional<Objection> compared(
      LipschitzNetwork network, int batch, UnaryOperator<double[]> device) {
    Unit.Input input = network.subject().certificate().input();
    int rows = Math.ceilDiv(RowSample.PROBES, batch) * batch;
    Workspace workspace = network.newWorkspace();
    UnaryOperator<double[]> jvm = x -> InDoubles.apply(network, workspace, x);
    RowSample sample = RowSample.of(network.subject(), jvm, input.boxOrUnit(), rows);
    for (double reach : REACHES) {
      if (reach > 1) {
        sample = RowSample.of(network.subject(), jvm, cube(input.size(), reach), rows);
      }
      if (sample.isFinite()) {
        Optional<String> difference = sample.difference(outputs(sample, network, batch, device));
        if (difference.isPresent()) {
          return difference.map(RowAgreement::wrong);
        }
      }
      if (sample.isTelling() || input.box().isPresent()) {
        break;
      }
    }
    return sample.isTelling() ? Optional.empty() : Optional.of(blind(sample));
  }

  private static Unit.Box cube(int size, double reach) {
    return new Unit.Box(Collections.nCopies(size, -reach), Collections.nCopies(size, reach));
  }

  private static double[] outputs(
      RowSample sample, LipschitzNetwork network, int batch, UnaryOperator<double[]> device) {
    double[] inputs = sample.inputs();
    int step = batch * network.inputSize();
    double[] outputs = new double[sample.rows() * network.outputSize()];
    for (int from = 0, to = 0; from < inputs.length; from += step) {
      double[] some = device.apply(Arrays.copyOfRange(inputs, from, from + step));
      System.arraycopy(some, 0, outputs, to, some.length);
      to += some.length;
    }
    return outputs;
  }

  private static Objection wrong(String difference) {
    return new Objection(
        "computes another function: " + difference,
        "its driver or TornadoVM's compiler is at fault; run on another device, or on jvm");
  }

  private static Objection blind(RowSample sample) {
    return new Objection(
        "cannot be checked: " + sample.blindness(),
        "declare the box of the inputs, if they lie elsewhere, or run on jvm");
  }
}
