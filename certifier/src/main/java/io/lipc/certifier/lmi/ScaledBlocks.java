package io.lipc.certifier.lmi;

import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.linalg.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * Several matrix inequalities with one rho and the same multipliers, as one whose matrices are
 * block diagonal: see {@link ScaledInequality}. A matrix is given by its blocks.
 */
record ScaledBlocks(List<ScaledInequality> blocks) {

  ScaledBlocks {
    blocks = List.copyOf(blocks);
  }

  /**
   * Scales by the point (rho, multipliers).
   *
   * @param inequalities at least one, with equally many constraints
   * @return empty if the diagonal of one shows that S is not positive definite there
   */
  static Optional<ScaledBlocks> of(
      List<MatrixInequality> inequalities, double rho, double[] multipliers, Deadline deadline) {
    List<ScaledInequality> blocks = new ArrayList<>();
    for (MatrixInequality inequality : inequalities) {
      Optional<ScaledInequality> block =
          ScaledInequality.of(inequality, rho, multipliers, deadline);
      if (block.isEmpty()) {
        return Optional.empty();
      }
      blocks.add(block.get());
    }
    return Optional.of(new ScaledBlocks(blocks));
  }

  int size() {
    return blocks.stream().mapToInt(ScaledInequality::size).sum();
  }

  int constraints() {
    return blocks.getFirst().constraints();
  }

  /** {@code sum_i y_i F_i}. */
  double[][][] linear(double[] y) {
    return blocks.stream().map(block -> block.linear(y)).toArray(double[][][]::new);
  }

  /** {@code X = sum_i y_i F_i - Y'Y}. */
  double[][][] matrix(double[] y) {
    return blocks.stream().map(block -> block.matrix(y)).toArray(double[][][]::new);
  }

  private double sum(double[][][] a, ToDoubleBiFunction<ScaledInequality, double[][]> trace) {
    double sum = trace.applyAsDouble(blocks.getFirst(), a[0]);
    for (int b = 1; b < a.length; b++) {
      sum += trace.applyAsDouble(blocks.get(b), a[b]);
    }
    return sum;
  }

  /** {@code tr(F_0 A)}. */
  double inputTrace(double[][][] a) {
    return sum(a, ScaledInequality::inputTrace);
  }

  /** {@code tr(Y A Y')}. */
  double outputTrace(double[][][] a) {
    return sum(a, ScaledInequality::outputTrace);
  }

  /** {@code tr(F_i A)} for all i; A is symmetric. */
  double[] traces(double[][][] a) {
    double[] traces = blocks.getFirst().traces(a[0]);
    for (int b = 1; b < a.length; b++) {
      double[] more = blocks.get(b).traces(a[b]);
      for (int i = 0; i < traces.length; i++) {
        traces[i] += more[i];
      }
    }
    return traces;
  }

  /** {@code tr(F_i A F_j B)} for all i and j; A and B are symmetric. */
  double[][] schur(double[][][] a, double[][][] b) {
    double[][] schur = blocks.getFirst().schur(a[0], b[0]);
    for (int k = 1; k < a.length; k++) {
      double[][] more = blocks.get(k).schur(a[k], b[k]);
      for (int i = 0; i < schur.length; i++) {
        for (int j = 0; j < schur.length; j++) {
          schur[i][j] += more[i][j];
        }
      }
    }
    return schur;
  }

  /** The result in the units of the inequalities. */
  Result result(double[] y, double dual, int iterations, Ending ending) {
    return blocks.getFirst().result(y, dual, iterations, ending);
  }
}
