package io.lipc.certificate;

import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
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
 * doubles, each operation rounded outward by one unit in the last place.
 */
public final class RoundingBound {

  /** An upper bound of the absolute slopes of silu; see {@code SlopeTable}. */
  private static final double SILU_SLOPE = 1.1;

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
      case Unit.Dense dense -> dense(dense, x);
      case Unit.Activation activation -> activation(activation, x);
      case Unit.Sum sum -> {
        double[] ones = operands.stream().mapToDouble(_ -> 1).toArray();
        yield each(
            sum.size(), i -> combine(operands.stream().map(o -> o.get(i)).toList(), 0, ones));
      }
      case Unit.Concat _ -> operands.stream().flatMap(List::stream).toList();
      case Unit.Scale scale -> each(x.size(), i -> combine(x.subList(i, i + 1), 0, scale.factor()));
      case Unit.Affine affine ->
          each(
              x.size(),
              i -> combine(x.subList(i, i + 1), affine.shift().get(i), affine.scale().get(i)));
      case Unit.Call call -> call(call, x);
      case Unit.Select select -> select.indices().stream().map(x::get).toList();
    };
  }

  private static List<Element> each(int size, IntFunction<Element> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }

  private List<Element> dense(Unit.Dense dense, List<Element> x) {
    double[][] weight = subject.weights().tensor(dense.weight()).orElseThrow().rows();
    Optional<Tensor> bias = dense.bias().flatMap(subject.weights()::tensor);
    return each(dense.size(), i -> combine(x, bias.map(b -> b.get(i)).orElse(0.0), weight[i]));
  }

  /**
   * {@code sum_j factors_j x_j + shift}, of the at most n + 1 terms that the class comment means.
   */
  private Element combine(List<Element> x, double shift, double... factors) {
    double lower = shift;
    double upper = shift;
    double inherited = 0;
    double terms = Math.abs(shift);
    for (int j = 0; j < factors.length; j++) {
      double factor = factors[j];
      Element element = x.get(j);
      lower = down(lower + down(factor * (factor < 0 ? element.upper() : element.lower())));
      upper = up(upper + up(factor * (factor < 0 ? element.lower() : element.upper())));
      inherited = up(inherited + up(Math.abs(factor) * element.error()));
      terms = up(terms + up(Math.abs(factor) * element.magnitude()));
    }
    int count = factors.length + 1;
    double gamma = up(up(count * unitRoundoff) / down(1 - up(count * unitRoundoff)));
    double error = up(inherited + up(up(gamma * terms) + up(count * least)));
    // Twice the sum of the terms' magnitudes bounds every partial sum, also a rounded one.
    boolean overflow = !(gamma > 0 && gamma < 1 && 2 * terms <= largest);
    return new Element(lower, upper, overflow ? Double.POSITIVE_INFINITY : error);
  }

  private List<Element> activation(Unit.Activation activation, List<Element> x) {
    return switch (activation.name()) {
      case "identity" -> x;
      case "relu" ->
          x.stream().map(e -> new Element(relu(e.lower()), relu(e.upper()), e.error())).toList();
      case "abs" -> x.stream().map(RoundingBound::abs).toList();
      case "tanh" -> x.stream().map(this::tanh).toList();
      case "sigmoid" -> x.stream().map(this::sigmoid).toList();
      case "silu" -> x.stream().map(this::silu).toList();
      case "leaky_relu" ->
          x.stream().map(e -> leaky(e, activation.parameters().getFirst())).toList();
      case "maxmin" ->
          each(x.size(), i -> maxmin(x.get(i - i % 2), x.get(i - i % 2 + 1), i % 2 == 0));
      default -> throw new IllegalArgumentException("no activation `" + activation.name() + "`");
    };
  }

  private static double relu(double value) {
    return Math.max(value, 0);
  }

  private static Element abs(Element e) {
    double upper = Math.max(Math.abs(e.lower()), Math.abs(e.upper()));
    double lower = Math.max(0, Math.max(e.lower(), -e.upper()));
    return new Element(lower, upper, e.error());
  }

  /** Below zero one product is rounded; the slopes are 1 and {@code slope}. */
  private Element leaky(Element e, double slope) {
    double low = product(slope, e.lower(), false);
    double high = product(slope, e.upper(), false);
    double kink = e.lower() < 0 && e.upper() > 0 ? 0 : low;
    double lower = Math.min(Math.min(low, high), kink);
    double upper = Math.max(product(slope, e.lower(), true), product(slope, e.upper(), true));
    double scaled = up(Math.abs(slope) * e.magnitude());
    double inherited = up(Math.max(1, Math.abs(slope)) * e.error());
    double error = up(inherited + up(up(unitRoundoff * scaled) + least));
    return new Element(
        lower, Math.max(upper, kink), scaled <= largest ? error : Double.POSITIVE_INFINITY);
  }

  /** An end of the activation's value, rounded down or up. */
  private static double product(double slope, double value, boolean upwards) {
    if (value >= 0) {
      return value;
    }
    return upwards ? up(slope * value) : down(slope * value);
  }

  /**
   * {@code Math.tanh} is within 2.5 ulp of the real tanh (its specification), and an ulp is at most
   * 2^-52 here; in F32 its result is then rounded to nearest once. Slopes of tanh are at most 1.
   */
  private Element tanh(Element e) {
    double library = 0x1.4p-51;
    double lower = Math.max(-1, down(Math.tanh(e.lower()) - library));
    double upper = Math.min(1, up(Math.tanh(e.upper()) + library));
    double rounding = up(up(unitRoundoff * (1 + library)) + up(least + library));
    return new Element(lower, upper, up(e.error() + rounding));
  }

  /**
   * {@code 1 / (1 + Math.exp(-t))} in doubles: exp is within an ulp (its specification), and the
   * sum and the quotient are rounded once each, together less than 2^-50 of the value. Where exp
   * overflows, the value is below 2^-1022 and the result 0. In F32 that is rounded to nearest once.
   * Slopes of sigmoid are at most 1/4.
   */
  private Element sigmoid(Element e) {
    double library = 0x1p-50;
    double lower = Math.max(0, down(sigmoid(e.lower()) - library));
    double upper = Math.min(1, up(sigmoid(e.upper()) + library));
    double rounding = up(up(unitRoundoff * (1 + library)) + up(least + library));
    return new Element(lower, upper, up(up(e.error() / 4) + rounding));
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  /**
   * {@code t / (1 + Math.exp(-t))} in doubles, as {@link #sigmoid}: within 2^-50 of a value that is
   * no larger than t, or 0 for one below 2^-1000. In F32 that is rounded to nearest once.
   */
  private Element silu(Element e) {
    double size = e.magnitude();
    double library = up(up(0x1p-50 * size) + 0x1p-1000);
    double low = e.lower() * sigmoid(e.lower());
    double high = e.upper() * sigmoid(e.upper());
    // Falls up to -1.2785, where it is -0.27846, and rises from there on.
    double bottom = e.lower() < -1.2 && e.upper() > -1.3 ? -0.2785 : Math.min(low, high);
    double rounding = up(up(unitRoundoff * up(size + library)) + up(least + library));
    return new Element(
        down(bottom - library),
        up(Math.max(low, high) + library),
        up(up(SILU_SLOPE * e.error()) + rounding));
  }

  /** Both results are one of the operands: the larger error of the two bounds that of each. */
  private static Element maxmin(Element u, Element v, boolean max) {
    double error = Math.max(u.error(), v.error());
    return max
        ? new Element(Math.max(u.lower(), v.lower()), Math.max(u.upper(), v.upper()), error)
        : new Element(Math.min(u.lower(), v.lower()), Math.min(u.upper(), v.upper()), error);
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
