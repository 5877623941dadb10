package io.lipc.certificate;

import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.formats.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A linear unit for several inputs, in doubles. */
final class LinearUnit {

  private final IntFunction<LinearMap.Row> rows;
  private final IntToDoubleFunction shift;
  private final int size;

  private LinearUnit(Unit.Linear unit, List<Integer> sizes, Weights weights) {
    this.rows = unit.map().rows(sizes, weights);
    this.shift = unit.map().shift(weights);
    this.size = unit.size();
  }

  /**
   * One output for each input.
   *
   * @param operands by operand, then by input
   */
  static List<double[]> apply(Unit.Linear unit, Weights weights, List<List<double[]>> operands) {
    return switch (unit.map()) {
      case Matrix matrix ->
          DenseLayer.apply(
              weights.tensor(matrix.weight()).orElseThrow(),
              matrix.bias().flatMap(weights::tensor),
              operands.getFirst());
      case Centering _ -> operands.getFirst().stream().map(new Grouped.Center()::value).toList();
      case LinearMap _ when operands.getFirst().isEmpty() -> List.of();
      default -> {
        List<Integer> sizes = operands.stream().map(x -> x.getFirst().length).toList();
        LinearUnit linear = new LinearUnit(unit, sizes, weights);
        yield IntStream.range(0, operands.getFirst().size())
            .mapToObj(k -> operands.stream().flatMapToDouble(x -> Arrays.stream(x.get(k))))
            .map(x -> linear.value(x.toArray()))
            .toList();
      }
    };
  }

  private double[] value(double[] x) {
    double[] y = new double[size];
    Arrays.setAll(y, i -> element(shift.applyAsDouble(i), product(rows.apply(i), x)));
    return y;
  }

  private static double element(double shift, double product) {
    return shift == 0 ? product : product + shift;
  }

  /** From left to right; what a row copies stays as it is, the sign of zero too. */
  private static double product(LinearMap.Row row, double[] x) {
    double sum = row.factors()[0] * x[row.places()[0]];
    for (int k = 1; k < row.places().length; k++) {
      sum += row.factors()[k] * x[row.places()[k]];
    }
    return sum;
  }
}
