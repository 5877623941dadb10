package io.lipc.certificate;

import io.lipc.certificate.activation.SlopeTable;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far an evaluation in the certificate's format can be from the real function, over the
 * declared input box: a running error analysis, componentwise.
 *
 * <p>With u the unit roundoff of the format, eta its least positive number and {@code gamma_n = n u
 * / (1 - n u)}: a computed sum of n products differs from the real one by at most {@code gamma_n
 * sum |terms| + n eta}, in any order, with fused multiply-add or without (Higham, Accuracy and
 * Stability of Numerical Algorithms, section 3.1). So from errors e of a unit's operands, whose
 * real values are at most H in magnitude, follow those of the unit. All arithmetic here is in
 * doubles: sums of products as they come, and afterwards widened by what the same theorem says that
 * they lost; every other operation rounded outward by one unit in the last place.
 */
public final class RoundingBound {

  /** A matrix of fewer elements is not worth a second thread. */
  private static final int SHARED_FROM = 1 << 16;

  private final Subject subject;
  private final double unitRoundoff;
  private final double least;
  private final double largest;

  private final Map<Evaluation, List<Element>> evaluated;

  private RoundingBound(Subject subject, Map<Evaluation, List<Element>> evaluated) {
    this.subject = subject;
    this.evaluated = evaluated;
    boolean single = subject.certificate().type() == ElementType.F32;
    this.unitRoundoff = single ? 0x1p-24 : 0x1p-53;
    this.least = single ? Float.MIN_VALUE : Double.MIN_VALUE;
    this.largest = single ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  /**
   * A network, by its certificate, at an input: what is worth remembering where calls are shared.
   */
  private record Evaluation(Digest certificate, List<Element> input) {}

  /** A real value's enclosure, and a bound of the computed value's distance from it. */
  private record Element(double lower, double upper, double error) {

    /** A bound of the computed value's magnitude. */
    double magnitude() {
      return up(Math.max(Math.abs(lower), Math.abs(upper)) + error);
    }

    /** What the computed value lies in, as an exact input of the next network. */
    Element asInput() {
      return new Element(down(lower - error), up(upper + error), 0);
    }
  }

  /** Elements by component, for sums over many of them: enclosures are centre and radius. */
  private record Components(double[] centre, double[] radius, double[] error, double[] magnitude) {

    static Components of(List<Element> elements) {
      return new Components(
          elements.stream().mapToDouble(Components::centre).toArray(),
          elements.stream().mapToDouble(Components::radius).toArray(),
          elements.stream().mapToDouble(Element::error).toArray(),
          elements.stream().mapToDouble(Element::magnitude).toArray());
    }

    /** Between the ends, however it is rounded; so no larger in magnitude than both. */
    private static double centre(Element e) {
      return Math.max(e.lower(), Math.min(e.lower() / 2 + e.upper() / 2, e.upper()));
    }

    private static double radius(Element e) {
      return Math.max(up(centre(e) - e.lower()), up(e.upper() - centre(e)));
    }
  }

  /**
   * E such that each computed output is within E of the real one, for every input of the box whose
   * elements are numbers of the format.
   *
   * @param subject an accepted one: the bounds of the networks that it calls are used
   * @return E, rounded up; nothing where no box is declared or an overflow is not excluded
   */
  public static OptionalDouble maxError(Subject subject) {
    Unit.Input input = (Unit.Input) subject.certificate().units().getFirst();
    return input.box().map(box -> maxError(subject, box)).orElse(OptionalDouble.empty());
  }

  /** The same for the inputs of a given box, whatever the network declares. */
  public static OptionalDouble maxError(Subject subject, Unit.Box box) {
    List<Element> elements =
        IntStream.range(0, box.lower().size())
            .mapToObj(i -> new Element(box.lower().get(i), box.upper().get(i), 0))
            .toList();
    double error = largestError(new RoundingBound(subject, new HashMap<>()).output(elements));
    return Double.isFinite(error) ? OptionalDouble.of(error) : OptionalDouble.empty();
  }

  private static double largestError(List<Element> elements) {
    return elements.stream().mapToDouble(Element::error).max().orElse(0);
  }

  private static double up(double value) {
    return Math.nextUp(value);
  }

  private static double down(double value) {
    return Math.nextDown(value);
  }

  private List<Element> output(List<Element> input) {
    List<List<Element>> signals = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<List<Element>> operands = unit.operands().stream().map(signals::get).toList();
      signals.add(operands.isEmpty() ? input : output(unit, operands));
    }
    return signals.getLast();
  }

  private List<Element> output(Unit unit, List<List<Element>> operands) {
    List<Element> x = operands.getFirst();
    return switch (unit) {
      case Unit.Input _ -> x;
      case Unit.Linear(_, Centering _, _) -> center(x);
      case Unit.Linear linear -> linear(linear, operands);
      case Unit.Activation activation -> activation(activation, x);
      case Unit.Call call -> call(call, x);
    };
  }

  private static List<Element> each(int size, IntFunction<Element> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }

  /** Nothing is rounded where elements are copied; all else is a sum of products. */
  private List<Element> linear(Unit.Linear unit, List<List<Element>> operands) {
    List<Element> x = operands.stream().flatMap(List::stream).toList();
    List<Integer> sizes = operands.stream().map(List::size).toList();
    IntFunction<LinearMap.Row> rows = unit.map().rows(sizes, subject.weights());
    if (unit.map().copies()) {
      return each(unit.size(), i -> x.get(rows.apply(i).places()[0]));
    }
    IntToDoubleFunction shift = unit.map().shift(subject.weights());
    if (rows.apply(0).places().length < x.size()) {
      return each(unit.size(), i -> sparse(x, shift.applyAsDouble(i), rows.apply(i)));
    }
    Components components = Components.of(x);
    IntStream numbers = IntStream.range(0, unit.size());
    return ((long) unit.size() * x.size() > SHARED_FROM ? numbers.parallel() : numbers)
        .mapToObj(i -> combine(components, shift.applyAsDouble(i), rows.apply(i)))
        .toList();
  }

  /** A row that reads few elements of many. */
  private Element sparse(List<Element> x, double shift, LinearMap.Row row) {
    return combine(Arrays.stream(row.places()).mapToObj(x::get).toList(), shift, row.factors());
  }

  private Element combine(List<Element> x, double shift, double... factors) {
    int[] all = IntStream.range(0, factors.length).toArray();
    return combine(Components.of(x), shift, new LinearMap.Row(all, factors));
  }

  /**
   * {@code sum_j factors_j x_j + shift}, j the row's places: the n + 1 terms that the class comment
   * means, at most.
   *
   * <p>Three of the four sums have no negative terms: they are at most {@code (1 + 2 gamma)} times
   * the computed ones and {@code 2 (n + 1)} least doubles, as gamma is far below 1/2. {@code terms}
   * bounds the magnitudes in the fourth, which so is off by gamma times as much.
   */
  private Element combine(Components x, double shift, LinearMap.Row row) {
    double centre = shift;
    double radiusSum = 0;
    double inheritedSum = 0;
    double termsSum = Math.abs(shift);
    for (int k = 0; k < row.places().length; k++) {
      int j = row.places()[k];
      double factor = row.factors()[k];
      double size = Math.abs(factor);
      centre += factor * x.centre[j];
      radiusSum += size * x.radius[j];
      inheritedSum += size * x.error[j];
      termsSum += size * x.magnitude[j];
    }
    int count = row.places().length + 1;
    double lost = gamma(count, 0x1p-53);
    double wider = up(1 + 2 * lost);
    double tiny = 2 * (count * Double.MIN_VALUE);
    double terms = up(up(termsSum * wider) + tiny);
    double inherited = up(up(inheritedSum * wider) + tiny);
    double radius = up(up(up(radiusSum * wider) + tiny) + up(up(lost * terms) + tiny));
    double gamma = gamma(count, unitRoundoff);
    double error = up(inherited + up(up(gamma * terms) + up(count * least)));
    // Twice the sum of the terms' magnitudes bounds every partial sum, also a rounded one.
    boolean overflow = !(gamma > 0 && gamma < 1 && 2 * terms <= largest);
    // Where doubles overflowed, sums may be NaN.
    boolean enclosed = radius <= Double.MAX_VALUE && Math.abs(centre) <= Double.MAX_VALUE;
    return new Element(
        enclosed ? down(centre - radius) : Double.NEGATIVE_INFINITY,
        enclosed ? up(centre + radius) : Double.POSITIVE_INFINITY,
        overflow ? Double.POSITIVE_INFINITY : error);
  }

  /** {@code gamma_n}, rounded up; negative or infinite where n is too large for it. */
  private static double gamma(int n, double unitRoundoff) {
    return up(up(n * unitRoundoff) / down(1 - up(n * unitRoundoff)));
  }

  private List<Element> activation(Unit.Activation activation, List<Element> x) {
    return switch (activation.name()) {
      case "maxmin" -> sort(x, 2);
      case "group_sort" -> sort(x, (int) (double) activation.parameters().getFirst());
      case "householder" -> reflect(x, activation.parameters());
      case "softmax" -> softmax(x, activation.parameters().getFirst());
      default -> elementwise(activation, x);
    };
  }

  private List<Element> elementwise(Unit.Activation activation, List<Element> x) {
    Elementwise function = Elementwise.of(activation.name(), activation.parameters());
    SlopeTable.Slopes slopes =
        SlopeTable.slopes(activation.name(), activation.parameters()).orElseThrow();
    double gain = Math.max(-slopes.lower(), slopes.upper());
    return x.stream().map(e -> elementwise(function, gain, e)).toList();
  }

  /**
   * The argument is off by {@code e.error()}, which the function multiplies by {@code gain} at
   * most. The computed value is off by what {@link Elementwise#error} says, in F32 by what {@link
   * Elementwise#floatError} says, unless it is an argument, its negative or a constant.
   */
  private Element elementwise(Elementwise function, double gain, Element e) {
    Range image = function.over(new Range(e.lower(), e.upper()));
    Range computed = new Range(down(e.lower() - e.error()), up(e.upper() + e.error()));
    double inherited = gain == 1 ? e.error() : up(gain * e.error());
    double size = function.largestRounded(computed);
    if (size == 0) {
      return new Element(image.lower(), image.upper(), inherited);
    }
    boolean single = unitRoundoff > 0x1p-53;
    double own = single ? function.floatError(computed) : function.error(computed);
    // Written so that NaN counts as an overflow.
    double error = up(size + own) <= largest ? up(inherited + own) : Double.POSITIVE_INFINITY;
    return new Element(image.lower(), image.upper(), error);
  }

  /**
   * Nothing is rounded. The k-th largest of a group moves by at most as much as the element that
   * moves most, and lies between the k-th largest of the lower and of the upper ends.
   */
  private static List<Element> sort(List<Element> x, int group) {
    List<Element> sorted = new ArrayList<>();
    for (int from = 0; from < x.size(); from += group) {
      List<Element> of = x.subList(from, from + group);
      double[] lower = of.stream().mapToDouble(Element::lower).sorted().toArray();
      double[] upper = of.stream().mapToDouble(Element::upper).sorted().toArray();
      double error = largestError(of);
      for (int i = group - 1; i >= 0; i--) {
        sorted.add(new Element(lower[i], upper[i], error));
      }
    }
    return sorted;
  }

  /**
   * {@code p = -(v_0 z_0 + v_1 z_1)} is a sum of products, relu and the factor two are exact, and
   * {@code z_i + v_i twice} is a sum of products again.
   */
  private List<Element> reflect(List<Element> x, List<Double> v) {
    List<Element> reflected = new ArrayList<>();
    for (int i = 0; i < x.size(); i += 2) {
      Element p = combine(x.subList(i, i + 2), 0, -v.get(0), -v.get(1));
      Element twice =
          new Element(2 * Math.max(p.lower(), 0), 2 * Math.max(p.upper(), 0), 2 * p.error());
      boolean overflow = !(twice.magnitude() <= largest);
      for (int k = 0; k < 2; k++) {
        Element y = combine(List.of(x.get(i + k), twice), 0, 1, v.get(k));
        double error = overflow ? Double.POSITIVE_INFINITY : y.error();
        reflected.add(new Element(y.lower(), y.upper(), error));
      }
    }
    return reflected;
  }

  /**
   * The mean is a sum of products and {@code x_i - mean} another one. Both are computed in doubles,
   * and in F32 only the second is rounded besides: less than what is counted here.
   */
  private List<Element> center(List<Element> x) {
    double[] shares = new double[x.size()];
    Arrays.fill(shares, Centering.share(x.size()));
    Element mean = combine(x, 0, shares);
    return each(x.size(), i -> combine(List.of(x.get(i), mean), 0, 1, -1));
  }

  /**
   * {@code e_i / sum_j e_j}, {@code e_i = Math.exp((z_i - max z) / T)}, in doubles, u = 2^-53.
   *
   * <p>The argument is rounded twice: it is q with a relative error of 2^-52. For {@code q >= -750}
   * that changes e^q by a factor within {@code 1 +- 2^-42.4}, and exp is within an ulp (its
   * specification): together 2^-42. Below, both are less than 2^-1074 or an ulp of that. The
   * largest e_i is e^0 = 1, so the sum s is at least 1: with n terms, added from left to right, it
   * is within {@code 2^-42 + n 2^-52 + n 2^-1070} of the real one, relatively. The quotient, at
   * most 1, is rounded once more: within {@code 2^-40 + n 2^-51}. In F32 it is rounded to nearest
   * once, and each e_i has been, to {@code (1 + d_i) e_i}, {@code |d_i| <= d}, or within 2^-149
   * where it underflows. To first order that moves y_i by {@code y_i ((1 - y_i) d_i - sum_(j != i)
   * y_j d_j)}, at most {@code 2 y_i (1 - y_i) d <= d / 2}.
   *
   * <p>In the norm of the largest element, too, softmax has the gain 1/(2T): row i of its
   * derivative has the absolute sum {@code 2 y_i (1 - y_i) / T}.
   */
  private List<Element> softmax(List<Element> x, double temperature) {
    double size = x.stream().mapToDouble(Element::magnitude).max().orElseThrow();
    boolean single = unitRoundoff > 0x1p-53;
    double exponentials =
        single ? up(0.501 * FloatFunctions.RELATIVE_ERROR + x.size() * 0x1p-147) : 0;
    double library = up(exponentials + up(0x1p-40 + up(x.size() * 0x1p-51)));
    double rounding = up(up(unitRoundoff * (1 + library)) + up(least + library));
    double inherited = up(up(0.5 / temperature) * largestError(x));
    // Otherwise a difference may overflow, and a large T might have brought it back.
    boolean finite = size <= Double.MAX_VALUE / 4;
    double error = finite ? up(inherited + rounding) : Double.POSITIVE_INFINITY;
    return each(x.size(), _ -> new Element(0, 1, error));
  }

  /**
   * The callee reads computed values: over all of them its own error is e', and its real function
   * moves by at most its bound times the l2 norm of the operand's errors. That holds whichever
   * norms the bound is about: linf is never above l2, and no element above either.
   */
  private List<Element> call(Unit.Call call, List<Element> x) {
    Subject callee = Optional.ofNullable(subject.callees().get(call.network())).orElseThrow();
    double squares = 0;
    for (Element element : x) {
      squares = up(squares + up(element.error() * element.error()));
    }
    double moved = up(callee.certificate().bound() * up(Math.sqrt(squares)));
    List<Element> input = x.stream().map(Element::asInput).toList();
    Evaluation evaluation = new Evaluation(callee.digest(), input);
    List<Element> computed = evaluated.get(evaluation);
    if (computed == null) {
      computed = new RoundingBound(callee, evaluated).output(input);
      evaluated.put(evaluation, computed);
    }
    return computed.stream()
        .map(e -> new Element(e.lower(), e.upper(), up(e.error() + moved)))
        .toList();
  }
}
