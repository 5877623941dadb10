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
 * ranges: that of the output by itself is 1, and that by an element x_j of an earlier step is
 * {@code sum_e row_ej h_e}, {@code h_e = s_e g_e}, over all steps that read it.
 *
 * <p>Two kinds of bounds hold, and the narrower end of each counts (Shi et al., Efficiently
 * Computing Local Lipschitz Constants of Neural Networks via Bound Propagation, NeurIPS 2022):
 *
 * <ul>
 *   <li>Ranges pass from the last step to the first, by {@link Products}.
 *   <li>A linear form of the derivatives by a step is passed forward, to the output, whose
 *       derivative is a number. The pass keeps coefficients A_k and a number c, such that the form
 *       is never below {@code sum_k A_k g_k + c}. It is that of {@link BackwardBounds} in the other
 *       direction: rounded coefficients are paid for, rows turn coefficients of g into those of h,
 *       and h stays above one {@link Line} of g and below another.
 * </ul>
 */
final class Derivatives {

  /** The work of a coefficient of a form that is asked about: it is stored, and read. */
  private static final long FORM = 8;

  private final List<Step> steps;
  private final int output;
  private final LongConsumer spend;

  /** Ranges of g and of h, and the lines between which h is, by step and element. */
  private final List<Range[]> ranges = new ArrayList<>();

  private final List<Range[]> products = new ArrayList<>();
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
      Range[] none = new Range[step.size()];
      Arrays.fill(none, Products.ZERO);
      ranges.add(none);
      products.add(none.clone());
      below.add(new Line[step.size()]);
      above.add(new Line[step.size()]);
    }
    ranges.getLast()[output] = Products.ONE;
    for (int k = steps.size() - 1; k > 0; k--) {
      narrow(k);
      backward(k);
    }
  }

  /** Cuts the derivatives by step k, where a slope is not a single number; notes what h is. */
  private void narrow(int k) {
    Range[] own = ranges.get(k);
    List<Range> slopes = steps.get(k).slopes();
    Range[] cut =
        IntStream.range(0, own.length)
            .parallel()
            .mapToObj(e -> slopes.get(e).lower() < slopes.get(e).upper() ? narrowed(k, e) : own[e])
            .toArray(Range[]::new);
    System.arraycopy(cut, 0, own, 0, own.length);
    for (int e = 0; e < own.length; e++) {
      products.get(k)[e] = Products.product(slopes.get(e), own[e]);
      below.get(k)[e] = Line.below(slopes.get(e), own[e]);
      above.get(k)[e] = Line.above(slopes.get(e), own[e]);
    }
  }

  /** Adds what step k passes on to the derivatives by what it reads. */
  private void backward(int k) {
    Range[] h = products.get(k);
    int from = 0;
    for (int operand : steps.get(k).operands()) {
      Range[] read = ranges.get(operand);
      for (int e = 0; e < h.length; e++) {
        Row row = steps.get(k).rows().get(e);
        spend.accept(row.places().length);
        if (h[e].magnitude() != 0) {
          add(h[e], row, from, read);
        }
      }
      from += read.length;
    }
  }

  private static void add(Range h, Row row, int from, Range[] read) {
    for (int j = 0; j < row.places().length; j++) {
      int place = row.places()[j] - from;
      if (0 <= place && place < read.length) {
        Range factor = new Range(row.factors()[j], row.factors()[j]);
        read[place] = Products.sum(read[place], Products.product(h, factor));
      }
    }
  }

  private Range narrowed(int step, int element) {
    double[] form = new double[steps.get(step).size()];
    form[element] = 1;
    double lower = least(step, form);
    form[element] = -1;
    return ranges.get(step)[element].and(new Range(lower, -least(step, form)));
  }

  /** The range of the derivative by an element of the input. */
  Range ofInput(int element) {
    return narrowed(0, element);
  }

  /** A number that is not above {@code sum_i form_i g_i}, of the derivatives by the input. */
  double leastOfInput(double[] form) {
    return least(0, form);
  }

  private double least(int first, double[] form) {
    spend.accept(FORM * form.length);
    @Nullable Factors[] all = new Factors[steps.size()];
    Factors asked = new Factors(form.length);
    for (int e = 0; e < form.length; e++) {
      asked.add(e, form[e], 1);
    }
    all[first] = asked;
    double bound = 0;
    for (int k = first + 1; k < all.length; k++) {
      Factors given = read(steps.get(k), all);
      if (given != null) {
        bound = given.paid(bound, Arrays.asList(products.get(k)));
        Factors own = new Factors(steps.get(k).size());
        bound = down(bound + lines(k, given, own));
        bound = own.paid(bound, Arrays.asList(ranges.get(k)));
        all[k] = own;
      }
    }
    Factors last = all[all.length - 1];
    return last == null ? bound : down(bound + last.get(output));
  }

  /** The coefficients of h, from those of the derivatives by what a step reads; null if none. */
  private @Nullable Factors read(Step step, @Nullable Factors[] all) {
    Factors given = null;
    int from = 0;
    for (int operand : step.operands()) {
      Factors factors = all[operand];
      int size = steps.get(operand).size();
      if (factors != null) {
        given = given == null ? new Factors(step.size()) : given;
        add(step.rows(), factors, from, size, given);
      }
      from += size;
    }
    return given;
  }

  private void add(List<Row> rows, Factors factors, int from, int size, Factors given) {
    spend.accept(rows.stream().mapToLong(row -> row.places().length).sum());
    for (int e = 0; e < rows.size(); e++) {
      Row row = rows.get(e);
      for (int j = 0; j < row.places().length; j++) {
        int place = row.places()[j] - from;
        if (0 <= place && place < size && factors.get(place) != 0) {
          given.add(e, factors.get(place), row.factors()[j]);
        }
      }
    }
  }

  /** Replaces h by lines of g; gives what the offsets add, rounded down. */
  private double lines(int k, Factors given, Factors own) {
    double sum = 0;
    for (int e = 0; e < steps.get(k).size(); e++) {
      double a = given.get(e);
      if (a != 0) {
        Line line = (a > 0 ? below : above).get(k)[e];
        own.add(e, a, line.slope());
        sum = line.offset() == 0 ? sum : down(sum + down(a * line.offset()));
      }
    }
    return sum;
  }
}
