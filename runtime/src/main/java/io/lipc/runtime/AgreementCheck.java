package io.lipc.runtime;

import io.lipc.formats.ElementType;
import io.lipc.runtime.agreement.TrialInputs;
import io.lipc.runtime.layout.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether generated code computes the function that its certificate is about. {@code
 * OrderedEvaluator} evaluates the certificate's own list of units, in the order of sums that the
 * JVM keeps to, and the code has to give the same bits: row by row, in a batch, and in a block of
 * rows that lie {@link Transposed}. Any NaN is a NaN. The inputs are those of {@link TrialInputs}.
 */
final class AgreementCheck {

  /** A block of as many rows is cheap, and all that a block does is done. */
  private static final int ROWS_OF_BLOCK = 8;

  private final LipschitzNetwork network;
  private final List<TrialInputs.Trial> trials;

  private AgreementCheck(LipschitzNetwork network) {
    this.network = network;
    this.trials = TrialInputs.of(network.subject());
  }

  /** The first difference between code and certificate, as a clause; empty where there is none. */
  static Optional<String> firstDifference(LipschitzNetwork network) {
    return new AgreementCheck(network).firstDifference();
  }

  private Optional<String> firstDifference() {
    Optional<String> alone = differenceAlone();
    // Batches of doubles are rows, one by one.
    return alone.isEmpty() && network instanceof CertifiedFloatNetwork floats
        ? differenceInBatch(floats, Math.min(trials.size(), BlockOfRows.MIN_BLOCK - 1))
            .or(() -> differenceInBatch(floats, Math.max(trials.size(), BlockOfRows.MIN_BLOCK)))
            .or(() -> differenceInBlock(floats))
        : alone;
  }

  private Optional<String> differenceAlone() {
    Workspace workspace = network.newWorkspace();
    for (TrialInputs.Trial trial : trials) {
      double[] found = InDoubles.apply(network, workspace, trial.input());
      Optional<String> difference = difference(trial, found, "");
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** Fewer rows than {@link BlockOfRows#MIN_BLOCK} run one by one, others as a block. */
  private Optional<String> differenceInBatch(CertifiedFloatNetwork floats, int rows) {
    float[][] inputs = new float[rows][];
    float[][] outputs = new float[rows][network.outputSize()];
    for (int r = 0; r < rows; r++) {
      inputs[r] = Floats.of(trial(r).input());
    }
    floats.apply(inputs, outputs);
    floats.batches().forget();
    return difference(List.of(outputs), " in a batch");
  }

  private Optional<String> differenceInBlock(CertifiedFloatNetwork floats) {
    float[][] inputs = Transposed.allocate(network.inputSize(), ROWS_OF_BLOCK);
    float[][] outputs = Transposed.allocate(network.outputSize(), ROWS_OF_BLOCK);
    for (int r = 0; r < ROWS_OF_BLOCK; r++) {
      float[] x = Floats.of(trial(r).input());
      Transposed.scatter(x, x.length, inputs, r);
    }
    floats.applyTransposed(network.newWorkspace(), inputs, outputs, ROWS_OF_BLOCK);
    List<float[]> rows = new ArrayList<>();
    for (int r = 0; r < ROWS_OF_BLOCK; r++) {
      float[] y = new float[network.outputSize()];
      Transposed.gather(outputs, r, y, y.length);
      rows.add(y);
    }
    return difference(rows, " in a block of rows");
  }

  private TrialInputs.Trial trial(int row) {
    return trials.get(row % trials.size());
  }

  private Optional<String> difference(List<float[]> rows, String where) {
    for (int r = 0; r < rows.size(); r++) {
      Optional<String> difference =
          difference(trial(r), Floats.toDoubles(rows.get(r)), where + ", in row " + r);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(TrialInputs.Trial trial, double[] found, String where) {
    for (int i = 0; i < found.length; i++) {
      // Compares bits: -0.0 is not 0.0, and any NaN is a NaN.
      if (Double.compare(trial.expected()[i], found[i]) != 0) {
        return Optional.of(
            "output %d is %s%s, expected %s"
                .formatted(i, text(found[i]), where, text(trial.expected()[i])));
      }
    }
    return Optional.empty();
  }

  /** A number of the network's format, in its shortest form. */
  private String text(double number) {
    return network.certificate().type() == ElementType.F32
        ? Float.toString((float) number)
        : Double.toString(number);
  }
}
