package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;

import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap.Row;
import io.lipc.certificate.local.Differences.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of the derivatives g of one output by the elements of each step, for all slopes in their
 * ranges: of the output itself it is 1; what a step reads has the derivative {@code sum_e M_ei g_e}
 * where the step has rows, and {@code s_e g_e} where it has slopes, added up over all steps that
 * read it.
 *
 * <p>Two kinds of bounds hold, and the narrower end of each counts (Shi et al., Efficiently
 * Computing Local Lipschitz Constants of Neural Networks via Bound Propagation, NeurIPS 2022):
 *
 * <ul>
 *   <li>Ranges pass from the last step to the first, by {@link Products}.
 *   <li>A linear form of the derivatives of a step is passed forward, to the output, whose
 *       derivative is a number. The pass keeps coefficients A_k and a number c, such that the form
 *       is never below {@code sum_k A_k g_k + c}. It is that of {@link BackwardBounds} in the other
 *       direction: rounded coefficients are paid for, a row takes its part of A_k, and a product
 *       {@code s g} stays above one {@link Line} and below another over the ranges of s and g.
 * </ul>
 */
final class Derivatives {

  /** A step that reads another: its first element there is number {@code from} of what it reads. */
  private record Reader(int step, int from) {}

  private final List<Step> steps;
  private final int output;
  private final LongConsumer spend;
  private final List<List<Reader>> readers = new ArrayList<>();
  private final List<Range[]> ranges = new ArrayList<>();
  private final List<Line[]> below = new ArrayList<>();
  private final List<Line[]> above = new ArrayList<>();

  /**
   * The derivatives of one output.
   *
   * @param steps whose last one gives the outputs
   * @param output the number of the output
   */
  Derivatives(List<Step> steps, int output, LongConsumer spend) {
    this.steps = steps;
    this.output = output;
    this.spend = spend;
    for (Step step : steps) {
      int number = readers.size();
      readers.add(new ArrayList<>());
      int from = 0;
      for (int operand : step.operands()) {
        readers.get(operand).add(new Reader(number, from));
        from += steps.get(operand).size();
      }
      Range[] none = new Range[step.size()];
      Arrays.fill(none, Products.ZERO);
      ranges.add(none);
      below.add(new Line[step.size()]);
      above.add(new Line[step.size()]);
    }
    ranges.getLast()[output] = new Range(1, 1);
    for (int k = steps.size() - 1; k > 0; k--) {
      backward(k);
    }
  }

  /** Adds what step k passes on to the derivatives of what it reads. */
  private void backward(int k) {
    Range[] own = ranges.get(k);
    switch (steps.get(k)) {
      case Step.Given _ -> throw new IllegalArgumentException("a second input");
      case Step.Linear(List<Integer> operands, List<Row> rows) -> {
        int from = 0;
        for (int operand : operands) {
          add(own, rows, from, ranges.get(operand));
          from += steps.get(operand).size();
        }
      }
      case Step.Sloped(int operand, List<Range> slopes) -> {
        narrow(k, slopes);
        Range[] read = ranges.get(operand);
        for (int e = 0; e < own.length; e++) {
          read[e] = Products.sum(read[e], Products.product(slopes.get(e), own[e]));
        }
      }
    }
  }

  private void add(Range[] own, List<Row> rows, int from, Range[] read) {
    for (int e = 0; e < own.length; e++) {
      Row row = rows.get(e);
      spend.accept(row.places().length);
      boolean moves = own[e].lower() != 0 || own[e].upper() != 0;
      for (int j = 0; moves && j < row.places().length; j++) {
        int place = row.places()[j] - from;
        if (0 <= place && place < read.length) {
          double factor = row.factors()[j];
          Range term = Products.product(own[e], new Range(factor, factor));
          read[place] = Products.sum(read[place], term);
        }
      }
    }
  }

  /** Cuts the derivatives that slopes multiply, where a slope is not a single number. */
  private void narrow(int k, List<Range> slopes) {
    Range[] own = ranges.get(k);
    Range[] cut =
        IntStream.range(0, own.length)
            .parallel()
            .mapToObj(e -> isFree(slopes.get(e)) ? own[e].and(of(k, e)) : own[e])
            .toArray(Range[]::new);
    System.arraycopy(cut, 0, own, 0, own.length);
    for (int e = 0; e < own.length; e++) {
      below.get(k)[e] = Line.below(slopes.get(e), own[e]);
      above.get(k)[e] = Line.above(slopes.get(e), own[e]);
    }
  }

  private static boolean isFree(Range slopes) {
    return slopes.lower() < slopes.upper();
  }

  private Range of(int step, int element) {
    double[] form = new double[steps.get(step).size()];
    form[element] = 1;
    double lower = least(step, form);
    form[element] = -1;
    return new Range(lower, -least(step, form));
  }

  /** The range of the derivative by an element of the input. */
  Range ofInput(int element) {
    return ranges.getFirst()[element].and(of(0, element));
  }

  /** A number that is not above {@code sum_i form_i g_i}, of the derivatives by the input. */
  double leastOfInput(double[] form) {
    return least(0, form);
  }

  private double least(int from, double[] form) {
    @Nullable Factors[] all = new Factors[steps.size()];
    Factors asked = new Factors(form.length);
    for (int e = 0; e < form.length; e++) {
      if (form[e] != 0) {
        asked.add(e, form[e], 1);
      }
    }
    all[from] = asked;
    double bound = 0;
    for (int k = from; k < all.length; k++) {
      Factors factors = all[k];
      if (factors != null) {
        bound = factors.paid(bound, Arrays.asList(ranges.get(k)));
        for (Reader reader : readers.get(k)) {
          bound = plus(bound, through(reader, factors, steps.get(k).size(), all));
        }
      }
    }
    Factors last = all[all.length - 1];
    return last == null ? bound : plus(bound, last.get(output));
  }

  private static double plus(double bound, double term) {
    return term == 0 ? bound : down(bound + term);
  }

  /** Passes the coefficients of {@code size} elements on to a step that reads them. */
  private double through(Reader reader, Factors factors, int size, @Nullable Factors[] all) {
    int k = reader.step();
    Factors next = all[k];
    if (next == null) {
      next = new Factors(steps.get(k).size());
      all[k] = next;
    }
    return switch (steps.get(k)) {
      case Step.Given _ -> throw new IllegalArgumentException("a second input");
      case Step.Linear(_, List<Row> rows) -> {
        rows(rows, reader.from(), factors, size, next);
        yield 0;
      }
      case Step.Sloped _ -> lines(k, factors, next);
    };
  }

  private void rows(List<Row> rows, int from, Factors factors, int size, Factors next) {
    for (int e = 0; e < rows.size(); e++) {
      Row row = rows.get(e);
      spend.accept(row.places().length);
      for (int j = 0; j < row.places().length; j++) {
        int place = row.places()[j] - from;
        if (0 <= place && place < size && factors.get(place) != 0) {
          next.add(e, factors.get(place), row.factors()[j]);
        }
      }
    }
  }

  private double lines(int k, Factors factors, Factors next) {
    spend.accept(steps.get(k).size());
    double sum = 0;
    for (int e = 0; e < steps.get(k).size(); e++) {
      double a = factors.get(e);
      if (a != 0) {
        Line line = (a > 0 ? below : above).get(k)[e];
        next.add(e, a, line.slope());
        if (line.offset() != 0) {
          sum = down(sum + down(a * line.offset()));
        }
      }
    }
    return sum;
  }
}
