package io.lipc.runtime;

import io.lipc.certificate.Subject;
import io.lipc.runtime.agreement.OrderedEvaluator;
import io.lipc.runtime.layout.Floats;
import java.util.ArrayList;
import java.util.List;

/** A class of floats that computes what its certificate says, but for faults. */
@SuppressWarnings("this-escape")
public class ComputingFloats extends CertifiedFloatNetwork {

  private final OrderedEvaluator evaluator;
  private final Computing.Fault alone;
  private final Computing.Fault inBlock;
  private final FloatBatches batches = new FloatBatches(this, 4);
  public final List<double[]> asked = new ArrayList<>();

  /** How many rows the blocks had. */
  public final List<Integer> blocks = new ArrayList<>();

  /** For how many rows the blocks had room. */
  public final List<Integer> rooms = new ArrayList<>();

  public ComputingFloats(Subject subject) {
    this(subject, Computing.Fault.NONE, Computing.Fault.NONE);
  }

  /**
   * A network with faults.
   *
   * @param alone of rows alone
   * @param inBlock of the rows of a block, which are counted from 1 in each
   */
  public ComputingFloats(Subject subject, Computing.Fault alone, Computing.Fault inBlock) {
    this(new CertifiedParameters(subject), alone, inBlock);
  }

  public ComputingFloats(
      CertifiedParameters parameters, Computing.Fault alone, Computing.Fault inBlock) {
    super(parameters);
    this.evaluator = OrderedEvaluator.of(parameters.subject());
    this.alone = alone;
    this.inBlock = inBlock;
  }

  @Override
  protected FloatBatches batches() {
    return batches;
  }

  @Override
  public Workspace newWorkspace() {
    return new Workspace() {};
  }

  @Override
  public void apply(Workspace workspace, float[] input, float[] output) {
    asked.add(Floats.toDoubles(input));
    double[] y = value(input);
    alone.change(asked.size(), y);
    write(y, output);
  }

  private double[] value(float[] input) {
    return evaluator
        .applyAll(List.of(Floats.toDoubles(input)), OrderedEvaluator.Observer.NONE)
        .getFirst();
  }

  private static void write(double[] y, float[] output) {
    for (int i = 0; i < y.length; i++) {
      output[i] = (float) y[i];
    }
  }

  @Override
  public void applyTransposed(Workspace workspace, float[][] inputs, float[][] outputs, int rows) {
    blocks.add(rows);
    rooms.add(inputs[0].length);
    float[] x = new float[inputSize()];
    float[] output = new float[outputSize()];
    for (int r = 0; r < rows; r++) {
      Transposed.gather(inputs, r, x, x.length);
      double[] y = value(x);
      inBlock.change(r + 1, y);
      write(y, output);
      Transposed.scatter(output, output.length, outputs, r);
    }
  }
}
