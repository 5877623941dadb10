package io.lipc.certificate.search;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.LinearMap.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network's linear units as rows, which are read once, and products with them in doubles. */
final class NetworkRows {

  private final List<Unit> units;
  private final List<List<Row>> rows = new ArrayList<>();
  private final List<double[]> shifts = new ArrayList<>();

  NetworkRows(Subject subject) {
    this.units = subject.certificate().units();
    for (Unit unit : units) {
      if (unit instanceof Unit.Linear linear) {
        List<Integer> sizes = linear.operands().stream().map(k -> units.get(k).size()).toList();
        IntFunction<Row> row = linear.map().rows(sizes, subject.weights());
        IntToDoubleFunction shift = linear.map().shift(subject.weights());
        rows.add(IntStream.range(0, linear.size()).mapToObj(row).toList());
        shifts.add(IntStream.range(0, linear.size()).mapToDouble(shift).toArray());
      } else {
        rows.add(List.of());
        shifts.add(new double[0]);
      }
    }
  }

  List<Unit> units() {
    return units;
  }

  /** Values of a unit from those of the units before. */
  void forward(int unit, List<double[]> values, double[] own) {
    double[] read = joined(unit, values);
    for (int e = 0; e < own.length; e++) {
      Row row = rows.get(unit).get(e);
      double sum = shifts.get(unit)[e];
      for (int k = 0; k < row.places().length; k++) {
        sum += row.factors()[k] * read[row.places()[k]];
      }
      own[e] = sum;
    }
  }

  private double[] joined(int unit, List<double[]> values) {
    List<Integer> operands = units.get(unit).operands();
    if (operands.size() == 1) {
      return values.get(operands.getFirst());
    }
    return operands.stream().map(values::get).reduce(new double[0], NetworkRows::joined);
  }

  private static double[] joined(double[] one, double[] other) {
    double[] all = new double[one.length + other.length];
    System.arraycopy(one, 0, all, 0, one.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  /** Adds what coefficients of a unit are to what it reads; gives what they are to its shift. */
  double backward(int unit, double[] own, List<double[]> all) {
    List<Integer> operands = units.get(unit).operands();
    double constant = 0;
    for (int e = 0; e < own.length; e++) {
      if (own[e] != 0) {
        constant += own[e] * shifts.get(unit)[e];
        add(operands, own[e], rows.get(unit).get(e), all);
      }
    }
    return constant;
  }

  private static void add(List<Integer> operands, double a, Row row, List<double[]> all) {
    int number = 0;
    int from = 0;
    double[] read = all.get(operands.getFirst());
    for (int k = 0; k < row.places().length; k++) {
      while (row.places()[k] - from >= read.length) {
        from += read.length;
        number++;
        read = all.get(operands.get(number));
      }
      read[row.places()[k] - from] += a * row.factors()[k];
    }
  }

  /** Derivatives of a unit's elements from those of the units before. */
  void derivatives(int unit, List<double[][]> all, double[][] own) {
    double[][] read =
        units.get(unit).operands().stream()
            .map(all::get)
            .flatMap(Stream::of)
            .toArray(double[][]::new);
    for (int e = 0; e < own.length; e++) {
      Row row = rows.get(unit).get(e);
      for (int k = 0; k < row.places().length; k++) {
        add(own[e], row.factors()[k], read[row.places()[k]]);
      }
    }
  }

  static void add(double[] sum, double factor, double[] other) {
    for (int d = 0; d < sum.length; d++) {
      sum[d] += factor * other[d];
    }
  }
}
