package io.lipc.certificate.local;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SlopeRanges;
import io.lipc.certificate.linear.LinearMap;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** The backward pass in exact numbers, along the lines of {@link Line}: nothing is rounded. */
final class ExactBackward {

  private final Subject subject;
  private final List<List<Range>> ranges;

  ExactBackward(Subject subject, List<List<Range>> ranges) {
    this.subject = subject;
    this.ranges = ranges;
  }

  /** The least value of {@code sign h} that the lines leave to an element of a unit. */
  BigDecimal least(int unit, int element, int sign) {
    List<Unit> units = subject.certificate().units();
    BigDecimal[][] a = new BigDecimal[unit + 1][];
    for (int j = 0; j <= unit; j++) {
      a[j] = new BigDecimal[units.get(j).size()];
      Arrays.fill(a[j], BigDecimal.ZERO);
    }
    a[unit][element] = new BigDecimal(sign);
    BigDecimal bound = BigDecimal.ZERO;
    for (int j = unit; j >= 0; j--) {
      for (int e = 0; e < a[j].length; e++) {
        if (a[j][e].signum() != 0) {
          bound = bound.add(through(units.get(j), j, e, a));
        }
      }
    }
    return bound;
  }

  private BigDecimal through(Unit unit, int j, int e, BigDecimal[][] a) {
    BigDecimal factor = a[j][e];
    return switch (unit) {
      case Unit.Input _ -> {
        Range box = ranges.get(j).get(e);
        yield factor.multiply(new BigDecimal(factor.signum() > 0 ? box.lower() : box.upper()));
      }
      case Unit.Linear linear -> {
        List<Integer> sizes = linear.operands().stream().map(k -> a[k].length).toList();
        LinearMap.Row row = linear.map().rows(sizes, subject.weights()).apply(e);
        for (int k = 0; k < row.places().length; k++) {
          int place = row.places()[k];
          int number = 0;
          while (place >= sizes.get(number)) {
            place -= sizes.get(number++);
          }
          BigDecimal[] read = a[linear.operands().get(number)];
          read[place] = read[place].add(factor.multiply(new BigDecimal(row.factors()[k])));
        }
        yield factor.multiply(
            new BigDecimal(linear.map().shift(subject.weights()).applyAsDouble(e)));
      }
      case Unit.Activation activation -> {
        OfElements function = (OfElements) activation.function();
        Range z = ranges.get(activation.operand()).get(e);
        Range slopes = SlopeRanges.over(function, z);
        Line line =
            factor.signum() > 0 ? Line.below(function, z, slopes) : Line.above(function, z, slopes);
        BigDecimal[] read = a[activation.operand()];
        read[e] = read[e].add(factor.multiply(new BigDecimal(line.slope())));
        yield factor.multiply(new BigDecimal(line.offset()));
      }
      case Unit.GainOnly _ -> throw new IllegalArgumentException("not here");
    };
  }
}
