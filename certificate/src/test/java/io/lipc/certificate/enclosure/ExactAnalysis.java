package io.lipc.certificate.enclosure;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.activation.SlopeTable;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The error analysis that {@link RoundingBound} describes, in rational arithmetic: what its bound
 * must never be below. What it loses by computing in doubles is not in here, so a bound is above;
 * by a few units in the last place only, where a network has no long sums and nothing cancels.
 *
 * <p>Results have 80 digits and are rounded towards smaller errors.
 */
final class ExactAnalysis {

  /** A real value's enclosure, and a bound of the computed value's distance from it. */
  record Known(BigDecimal lower, BigDecimal upper, BigDecimal error) {

    Known {
      lower = lower.round(new MathContext(80, RoundingMode.CEILING));
      upper = upper.round(new MathContext(80, RoundingMode.FLOOR)).max(lower);
      error = error.round(DOWN);
    }

    static Known exactly(double lower, double upper) {
      return new Known(new BigDecimal(lower), new BigDecimal(upper), BigDecimal.ZERO);
    }

    BigDecimal magnitude() {
      return lower.abs().max(upper.abs()).add(error);
    }

    Known plusError(BigDecimal more) {
      return new Known(lower, upper, error.add(more));
    }
  }

  private static final MathContext DOWN = new MathContext(80, RoundingMode.DOWN);

  private final Subject subject;
  private final boolean single;
  private final BigDecimal unitRoundoff;
  private final BigDecimal least;

  private ExactAnalysis(Subject subject) {
    this.subject = subject;
    this.single = subject.certificate().type() == ElementType.F32;
    this.unitRoundoff = new BigDecimal(single ? 0x1p-24 : 0x1p-53);
    this.least = new BigDecimal(single ? Float.MIN_VALUE : Double.MIN_VALUE);
  }

  /** What is known of the outputs, for the box that is declared. */
  static List<Known> of(Subject subject) {
    Unit.Box box = ((Unit.Input) subject.certificate().units().getFirst()).box().orElseThrow();
    return new ExactAnalysis(subject)
        .outputs(
            IntStream.range(0, box.lower().size())
                .mapToObj(i -> Known.exactly(box.lower().get(i), box.upper().get(i)))
                .toList());
  }

  /** The largest error of an output. */
  static BigDecimal maxError(Subject subject) {
    return largest(of(subject));
  }

  /** {@code n u / (1 - n u)}. */
  static BigDecimal gamma(int n, BigDecimal unitRoundoff) {
    BigDecimal product = unitRoundoff.multiply(new BigDecimal(n));
    return product.divide(BigDecimal.ONE.subtract(product), DOWN);
  }

  private static BigDecimal largest(List<Known> x) {
    return x.stream().map(Known::error).max(Comparator.naturalOrder()).orElseThrow();
  }

  private List<Known> outputs(List<Known> input) {
    List<List<Known>> signals = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      signals.add(output(unit, input, unit.operands().stream().map(signals::get).toList()));
    }
    return signals.getLast();
  }

  private List<Known> output(Unit unit, List<Known> input, List<List<Known>> operands) {
    List<Known> x = operands.isEmpty() ? input : operands.getFirst();
    return switch (unit) {
      case Unit.Input _ -> input;
      case Unit.Linear linear -> linear(linear, operands);
      case Unit.Activation activation -> activation(activation, x);
      case Unit.MaxPool pool ->
          each(
              pool.size(),
              i ->
                  sort(
                          Arrays.stream(pool.windows().places(i)).mapToObj(x::get).toList(),
                          pool.windows().places(i).length)
                      .getFirst());
      case Unit.Call call -> call(call, x);
    };
  }

  private List<Known> linear(Unit.Linear unit, List<List<Known>> operands) {
    List<Known> x = operands.getFirst();
    return switch (unit.map()) {
      case Matrix matrix -> dense(matrix, x);
      case Sum _ ->
          each(
              unit.size(),
              i ->
                  linear(
                      operands.stream().map(operand -> operand.get(i)).toList(),
                      0,
                      Collections.nCopies(operands.size(), 1.0)));
      case Concatenation _ -> operands.stream().flatMap(List::stream).toList();
      case Scaling scale -> each(x.size(), i -> linear(x.get(i), 0, scale.factor()));
      case Diagonal affine ->
          each(x.size(), i -> linear(x.get(i), affine.shift().get(i), affine.scale().get(i)));
      case Selection select -> select.indices().stream().map(x::get).toList();
      case Identity _ -> x;
      case Convolution _, AveragePool _, BatchNorm _ -> byRows(unit, x);
      case Centering _ -> center(x);
    };
  }

  private List<Known> byRows(Unit.Linear unit, List<Known> x) {
    var rows = unit.map().rows(List.of(x.size()), subject.weights());
    var shift = unit.map().shift(subject.weights());
    return each(
        unit.size(),
        i -> {
          LinearMap.Row row = rows.apply(i);
          return linear(
              Arrays.stream(row.places()).mapToObj(x::get).toList(),
              shift.applyAsDouble(i),
              Arrays.stream(row.factors()).boxed().toList());
        });
  }

  private static List<Known> each(int size, IntFunction<Known> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }

  private List<Known> dense(Matrix dense, List<Known> x) {
    double[][] weight = subject.weights().tensor(dense.weight()).orElseThrow().rows();
    double[] bias =
        dense
            .bias()
            .map(name -> subject.weights().tensor(name).orElseThrow())
            .map(Tensor::values)
            .orElse(new double[weight.length]);
    return each(weight.length, i -> linear(x, bias[i], Arrays.stream(weight[i]).boxed().toList()));
  }

  private Known linear(Known x, double shift, double factor) {
    return linear(List.of(x), shift, List.of(factor));
  }

  /** A sum of n products and a number is off by {@code gamma_(n+1) sum |terms| + (n+1) eta}. */
  private Known linear(List<Known> x, double shift, List<Double> factors) {
    BigDecimal lower = new BigDecimal(shift);
    BigDecimal upper = lower;
    BigDecimal inherited = BigDecimal.ZERO;
    BigDecimal terms = lower.abs();
    for (int j = 0; j < x.size(); j++) {
      BigDecimal factor = new BigDecimal(factors.get(j));
      BigDecimal low = factor.multiply(x.get(j).lower());
      BigDecimal high = factor.multiply(x.get(j).upper());
      lower = lower.add(low.min(high));
      upper = upper.add(low.max(high));
      inherited = inherited.add(factor.abs().multiply(x.get(j).error()));
      terms = terms.add(factor.abs().multiply(x.get(j).magnitude()));
    }
    int count = factors.size() + 1;
    BigDecimal own = gamma(count, unitRoundoff).multiply(terms);
    return new Known(lower, upper, inherited.add(own).add(least.multiply(new BigDecimal(count))));
  }

  private List<Known> activation(Unit.Activation activation, List<Known> x) {
    return switch (activation.function()) {
      case OfElements function -> x.stream().map(e -> elementwise(function, e)).toList();
      case OfGroups function -> groups(activation, function, x);
    };
  }

  private List<Known> groups(Unit.Activation activation, OfGroups function, List<Known> x) {
    List<Double> constants = function.constants();
    return switch (function.kind()) {
      case MAXMIN -> {
        ChannelGroups groups = activation.groups(2);
        yield groups.vector(sort(groups.of(x), 2));
      }
      case GROUP_SORT -> {
        ChannelGroups groups = activation.groups(constants.getFirst().intValue());
        yield groups.vector(sort(groups.of(x), groups.size()));
      }
      case HOUSEHOLDER -> {
        ChannelGroups groups = activation.groups(2);
        yield groups.vector(reflect(groups.of(x), constants));
      }
      case SOFTMAX -> softmax(x, constants.getFirst());
      case L2_NORMALIZE -> unitLength(x, new BigDecimal(constants.getFirst()));
      case LAYER_NORM -> {
        ChannelGroups groups = activation.groups(Grouped.of(function).group(x.size()));
        List<Known> z = groups.of(x);
        List<Known> y = new ArrayList<>();
        for (int from = 0; from < z.size(); from += groups.size()) {
          y.addAll(normalised(z.subList(from, from + groups.size()), constants.getFirst()));
        }
        yield groups.vector(y);
      }
    };
  }

  /** The ends are drawn in by less than 2^-47 of their sizes, as they are no doubles. */
  private static Range inward(BigDecimal lower, BigDecimal upper) {
    double low = lower.doubleValue();
    double high = upper.doubleValue();
    double first = low + Math.abs(low) * 0x1p-48;
    double last = high - Math.abs(high) * 0x1p-48;
    return first <= last ? new Range(first, last) : new Range(low, low);
  }

  private Known elementwise(OfElements activation, Known e) {
    Elementwise function = Elementwise.of(activation);
    SlopeTable.Slopes slopes = SlopeTable.slopes(activation);
    double gain = Math.max(Math.abs(slopes.lower()), Math.abs(slopes.upper()));
    Range image = function.over(inward(e.lower(), e.upper()));
    Range shrunk = inward(new BigDecimal(image.lower()), new BigDecimal(image.upper()));
    Range computed = inward(e.lower().subtract(e.error()), e.upper().add(e.error()));
    double own = single ? function.floatError(computed) : function.error(computed);
    double rounded = function.largestRounded(computed) == 0 ? 0 : own * (1 - 0x1p-46);
    return Known.exactly(shrunk.lower(), shrunk.upper())
        .plusError(new BigDecimal(gain).multiply(e.error()).add(new BigDecimal(rounded)));
  }

  private static List<Known> sort(List<Known> x, int group) {
    List<Known> sorted = new ArrayList<>();
    for (int from = 0; from < x.size(); from += group) {
      List<Known> of = x.subList(from, from + group);
      List<BigDecimal> lower = of.stream().map(Known::lower).sorted().toList().reversed();
      List<BigDecimal> upper = of.stream().map(Known::upper).sorted().toList().reversed();
      for (int k = 0; k < group; k++) {
        sorted.add(new Known(lower.get(k), upper.get(k), largest(of)));
      }
    }
    return sorted;
  }

  private List<Known> reflect(List<Known> x, List<Double> v) {
    List<Known> reflected = new ArrayList<>();
    for (int i = 0; i < x.size(); i += 2) {
      Known p = linear(x.subList(i, i + 2), 0, List.of(-v.getFirst(), -v.getLast()));
      Known twice =
          new Known(
              p.lower().max(BigDecimal.ZERO).multiply(BigDecimal.TWO),
              p.upper().max(BigDecimal.ZERO).multiply(BigDecimal.TWO),
              p.error().multiply(BigDecimal.TWO));
      reflected.add(linear(List.of(x.get(i), twice), 0, List.of(1.0, v.getFirst())));
      reflected.add(linear(List.of(x.get(i + 1), twice), 0, List.of(1.0, v.getLast())));
    }
    return reflected;
  }

  private List<Known> center(List<Known> x) {
    double share = Centering.share(x.size());
    Known mean = linear(x, 0, Collections.nCopies(x.size(), share));
    return each(x.size(), i -> linear(List.of(x.get(i), mean), 0, List.of(1.0, -1.0)));
  }

  /**
   * As the comment there says: in F32 devices lose more than the JVM, but for millions of elements.
   */
  private List<Known> softmax(List<Known> x, double temperature) {
    BigDecimal library =
        new BigDecimal(0x1p-40).add(new BigDecimal(0x1p-51).multiply(new BigDecimal(x.size())));
    double logarithm = Math.log(x.size()) * (1 - 0x1p-50);
    BigDecimal own =
        single
            ? unitRoundoff.multiply(new BigDecimal(4.25 * logarithm + 8))
            : unitRoundoff.multiply(BigDecimal.ONE.add(library)).add(library).add(least);
    BigDecimal inherited =
        largest(x).divide(new BigDecimal(temperature).multiply(BigDecimal.TWO), DOWN);
    return Collections.nCopies(x.size(), Known.exactly(0, 1).plusError(own.add(inherited)));
  }

  /** As the comment there says, with the ranges of {@link Intervals#normalised}. */
  private List<Known> normalised(List<Known> x, double epsilon) {
    BigDecimal n = new BigDecimal(x.size());
    BigDecimal eta = new BigDecimal(Double.MIN_VALUE);
    BigDecimal gamma = gamma(x.size() + 8, new BigDecimal(0x1p-53));
    BigDecimal most = x.stream().map(Known::magnitude).reduce(BigDecimal::max).orElseThrow();
    BigDecimal gain =
        BigDecimal.ONE
            .add(n.sqrt(DOWN))
            .divide(BigDecimal.TWO.multiply(new BigDecimal(epsilon).sqrt(DOWN)), DOWN);
    BigDecimal delta = gamma.multiply(most).add(eta.multiply(new BigDecimal(4)));
    BigDecimal phi =
        gamma.add(eta.multiply(new BigDecimal(8)).divide(new BigDecimal(epsilon), DOWN));
    BigDecimal own = gain.multiply(largest(x).add(delta)).add(n.sqrt(DOWN).multiply(phi)).add(eta);
    List<BigDecimal[]> d = IntStream.range(0, x.size()).mapToObj(i -> centred(x, i)).toList();
    return each(
        x.size(),
        i -> {
          BigDecimal least = BigDecimal.ZERO;
          BigDecimal largest = BigDecimal.ZERO;
          for (int j = 0; j < d.size(); j++) {
            if (j != i) {
              BigDecimal[] ends = d.get(j);
              BigDecimal near = ends[0].max(ends[1].negate()).max(BigDecimal.ZERO);
              least = least.add(near.pow(2));
              largest = largest.add(ends[0].abs().max(ends[1].abs()).pow(2));
            }
          }
          BigDecimal lower = least(d.get(i)[0], least, largest, n, epsilon);
          BigDecimal upper = least(d.get(i)[1].negate(), least, largest, n, epsilon).negate();
          BigDecimal limit = n.subtract(BigDecimal.ONE).sqrt(DOWN);
          Known real = new Known(lower.max(limit.negate()), upper.min(limit), BigDecimal.ZERO);
          BigDecimal rounding = unitRoundoff.multiply(real.magnitude().add(own)).add(this.least);
          return real.plusError(own.add(rounding));
        });
  }

  /** As the comment there says, with the ranges of {@link Intervals#unitLength}. */
  private List<Known> unitLength(List<Known> x, BigDecimal length) {
    BigDecimal n = new BigDecimal(x.size());
    BigDecimal eta = new BigDecimal(Double.MIN_VALUE);
    BigDecimal gain =
        BigDecimal.ONE.add(n.sqrt(DOWN)).divide(BigDecimal.TWO.multiply(length), DOWN);
    BigDecimal phi =
        BigDecimal.TWO
            .multiply(gamma(x.size() + 4, new BigDecimal(0x1p-53)))
            .add(new BigDecimal(4).multiply(n).multiply(eta).divide(length.pow(2), DOWN));
    BigDecimal own = gain.multiply(largest(x)).add(phi).add(eta);
    return each(
        x.size(),
        i -> {
          BigDecimal lower = divided(x, i, x.get(i).lower(), length);
          BigDecimal upper = divided(x, i, x.get(i).upper(), length);
          Known real = new Known(lower, upper, BigDecimal.ZERO);
          BigDecimal rounding = unitRoundoff.multiply(real.magnitude().add(own)).add(this.least);
          return real.plusError(own.add(rounding));
        });
  }

  /** The end of element {@code at}: of the others what takes it farthest to that side. */
  private static BigDecimal divided(List<Known> x, int at, BigDecimal end, BigDecimal length) {
    boolean isLower = end.equals(x.get(at).lower());
    boolean outward = isLower == end.signum() < 0;
    BigDecimal squares = end.pow(2);
    for (int j = 0; j < x.size(); j++) {
      BigDecimal low = x.get(j).lower();
      BigDecimal high = x.get(j).upper();
      BigDecimal other =
          outward ? low.max(high.negate()).max(BigDecimal.ZERO) : low.abs().max(high.abs());
      squares = j == at ? squares : squares.add(other.pow(2));
    }
    return end.divide(squares.sqrt(DOWN).max(length), DOWN);
  }

  private static BigDecimal[] centred(List<Known> x, int i) {
    BigDecimal n = new BigDecimal(x.size());
    BigDecimal lower = n.multiply(x.get(i).lower()).subtract(x.get(i).lower());
    BigDecimal upper = n.multiply(x.get(i).upper()).subtract(x.get(i).upper());
    for (int j = 0; j < x.size(); j++) {
      lower = j == i ? lower : lower.subtract(x.get(j).upper());
      upper = j == i ? upper : upper.subtract(x.get(j).lower());
    }
    return new BigDecimal[] {lower.divide(n, DOWN), upper.divide(n, DOWN)};
  }

  private static BigDecimal least(
      BigDecimal d, BigDecimal least, BigDecimal most, BigDecimal n, double epsilon) {
    BigDecimal others = d.signum() < 0 ? least : most;
    BigDecimal square = d.pow(2).add(others).divide(n, DOWN).add(new BigDecimal(epsilon));
    return d.divide(square.sqrt(DOWN), DOWN);
  }

  private List<Known> call(Unit.Call call, List<Known> x) {
    Subject callee = subject.callees().get(call.network());
    BigDecimal squares = BigDecimal.ZERO;
    List<Known> input = new ArrayList<>();
    for (Known e : x) {
      squares = squares.add(e.error().pow(2));
      input.add(
          new Known(e.lower().subtract(e.error()), e.upper().add(e.error()), BigDecimal.ZERO));
    }
    BigDecimal moved =
        new BigDecimal(callee.certificate().lipschitz().bound()).multiply(squares.sqrt(DOWN));
    return new ExactAnalysis(callee).outputs(input).stream().map(e -> e.plusError(moved)).toList();
  }
}
