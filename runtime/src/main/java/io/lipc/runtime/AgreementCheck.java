package io.lipc.runtime;

import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether generated code computes the function that its certificate is about. {@link
 * OrderedEvaluator} evaluates the certificate's own list of units, in the order of sums that the
 * JVM keeps to, and the code has to give the same bits: row by row, in a batch, and in a block of
 * rows that lie {@link Transposed}. Any NaN is a NaN. The inputs are those of {@link TrialInputs}.
 */
final class AgreementCheck {

  /** A block of as many rows is cheap, and all that a block does is done. */
  private static final int ROWS_OF_BLOCK = 8;

  /**
   * Which share of the memory that Java has a block may take. Its arrays have room for {@link
   * Transposed#ROWS} rows, whatever it is asked for: of images of 224 by 224 pixels these are 300
   * MiB, where inference takes 15. Whoever never asks for a batch has no need of them, so a network
   * has to load without them.
   */
  private static final int SHARE_OF_MEMORY = 8;

  private final LipschitzNetwork network;
  private final List<TrialInputs.Trial> trials;
  private final long memory;

  private AgreementCheck(LipschitzNetwork network, long memory) {
    this.network = network;
    this.trials = TrialInputs.of(network.subject());
    this.memory = memory;
  }

  /** What differs first, as a clause; empty where nothing does. */
  static Optional<String> firstDifference(LipschitzNetwork network) {
    return firstDifference(network, Runtime.getRuntime().maxMemory());
  }

  /**
   * The same.
   *
   * @param memory how many bytes Java has
   */
  static Optional<String> firstDifference(LipschitzNetwork network, long memory) {
    return new AgreementCheck(network, memory).firstDifference();
  }

  private Optional<String> firstDifference() {
    Optional<String> alone = differenceAlone();
    // Batches of doubles are rows, one by one.
    return alone.isEmpty() && network instanceof CertifiedFloatNetwork floats
        ? differenceInBatch(floats, BlockOfRows.MIN_BLOCK - 1)
            .or(() -> differenceInBatch(floats))
            .or(() -> differenceInBlock(floats))
        : alone;
  }

  /** Whether a block of so many elements per row may be allocated. */
  private boolean fits(long elements) {
    return elements * Transposed.ROWS * Float.BYTES <= memory / SHARE_OF_MEMORY;
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

  /** At least as many rows as a block has, so that they do not run one by one. */
  private Optional<String> differenceInBatch(CertifiedFloatNetwork floats) {
    return fits(floats.batches().transposed())
        ? differenceInBatch(floats, Math.max(trials.size(), BlockOfRows.MIN_BLOCK))
        : Optional.empty();
  }

  private Optional<String> differenceInBatch(CertifiedFloatNetwork floats, int rows) {
    float[][] inputs = new float[rows][];
    float[][] outputs = new float[rows][network.outputSize()];
    for (int r = 0; r < rows; r++) {
      inputs[r] = InDoubles.toFloats(trial(r).input());
    }
    floats.apply(inputs, outputs);
    floats.batches().forget();
    return difference(List.of(outputs), " in a batch");
  }

  private Optional<String> differenceInBlock(CertifiedFloatNetwork floats) {
    if (!fits((long) network.inputSize() + network.outputSize())) {
      return Optional.empty();
    }
    float[][] inputs = Transposed.allocate(network.inputSize());
    float[][] outputs = Transposed.allocate(network.outputSize());
    for (int r = 0; r < ROWS_OF_BLOCK; r++) {
      float[] x = InDoubles.toFloats(trial(r).input());
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
          difference(trial(r), InDoubles.ofFloats(rows.get(r)), where + ", in row " + r);
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
