package io.lipc.certificate.enclosure;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Passes numbers, or enclosures of them, through units. Each unit is written as the operations of
 * the arithmetic, so the results are true by induction if the arguments are. Callers handle calls
 * of networks: some inline them, some know their bounds.
 *
 * @param arithmetic what to compute with
 * @param <T> the numbers
 */
public record Evaluation<T>(Arithmetic<T> arithmetic) {

  /** A matrix of fewer elements is not worth a second thread. */
  private static final int SHARED_FROM = 1 << 16;

  private static final int[] TWO = {0, 1};

  /**
   * The elements that a linear unit gives. An element that it only copies stays as it is.
   *
   * @param operands of sizes that fit, their elements as known
   * @param weights at least the tensors that the unit names
   */
  public List<T> linear(Unit.Linear unit, List<List<T>> operands, Weights weights) {
    List<T> x = operands.stream().flatMap(List::stream).toList();
    if (unit.map() instanceof Centering) {
      return centred(x);
    }
    List<Integer> sizes = operands.stream().map(List::size).toList();
    IntFunction<LinearMap.Row> rows = unit.map().rows(sizes, weights);
    if (unit.map().copies()) {
      return each(unit.size(), i -> x.get(rows.apply(i).places()[0]));
    }
    IntToDoubleFunction shift = unit.map().shift(weights);
    Arithmetic.Sums<T> sums = arithmetic.sums(x);
    IntStream numbers = IntStream.range(0, unit.size());
    return ((long) unit.size() * x.size() > SHARED_FROM ? numbers.parallel() : numbers)
        .mapToObj(i -> sums.of(rows.apply(i), shift.applyAsDouble(i)))
        .toList();
  }

  /** The mean is a sum of products, and {@code x_i - mean} another one, as in computed code. */
  private List<T> centred(List<T> x) {
    double[] shares = new double[x.size()];
    Arrays.fill(shares, Centering.share(x.size()));
    int[] all = IntStream.range(0, x.size()).toArray();
    T mean = arithmetic.sums(x).of(new LinearMap.Row(all, shares), 0);
    LinearMap.Row difference = pair(1, -1);
    return each(x.size(), i -> arithmetic.sums(List.of(x.get(i), mean)).of(difference, 0));
  }

  /**
   * The elements that an activation gives; for activations of groups, {@code x} holds whole groups.
   */
  public List<T> activation(Unit.Activation activation, List<T> x) {
    return switch (activation.function()) {
      case OfElements function -> x.stream().map(arithmetic.elementwise(function)).toList();
      case OfGroups function -> groups(activation, function, x);
    };
  }

  private List<T> groups(Unit.Activation activation, OfGroups function, List<T> x) {
    List<Double> constants = function.constants();
    int size = Grouped.of(function).group(x.size());
    return switch (function.kind()) {
      case MAXMIN, GROUP_SORT ->
          byGroups(activation, size, x, z -> groupwise(z, size, arithmetic::sorted));
      case HOUSEHOLDER ->
          byGroups(activation, size, x, z -> reflected(z, constants.get(0), constants.get(1)));
      case SOFTMAX -> arithmetic.softmax(x, constants.getFirst());
      case L2_NORMALIZE -> arithmetic.unitLength(x, constants.getFirst());
      case LAYER_NORM -> {
        UnaryOperator<List<T>> normalised = z -> arithmetic.normalised(z, constants.getFirst());
        yield byGroups(activation, size, x, z -> groupwise(z, size, normalised));
      }
    };
  }

  private static <T> List<T> byGroups(
      Unit.Activation activation, int size, List<T> x, UnaryOperator<List<T>> function) {
    ChannelGroups groups = activation.groups(size);
    return groups.vector(function.apply(groups.of(x)));
  }

  /** The largest of a window is the first of its elements when these are sorted. */
  public List<T> maxPool(Unit.MaxPool pool, List<T> x) {
    Windows windows = pool.windows();
    return each(
        pool.size(),
        i -> {
          List<T> window = Arrays.stream(windows.places(i)).mapToObj(x::get).toList();
          return arithmetic.sorted(window).getFirst();
        });
  }

  private static <T> List<T> groupwise(List<T> x, int group, UnaryOperator<List<T>> function) {
    List<T> y = new ArrayList<>();
    for (int from = 0; from < x.size(); from += group) {
      y.addAll(function.apply(x.subList(from, from + group)));
    }
    return y;
  }

  /** {@code z + 2 v max(p, 0)}, {@code p = -v'z}, for each pair z. */
  private List<T> reflected(List<T> x, double first, double second) {
    LinearMap.Row row = pair(-first, -second);
    List<T> y = new ArrayList<>();
    for (int i = 0; i < x.size(); i += 2) {
      T p = arithmetic.sums(x.subList(i, i + 2)).of(row, 0);
      y.add(arithmetic.reflected(x.get(i), p, first));
      y.add(arithmetic.reflected(x.get(i + 1), p, second));
    }
    return y;
  }

  /** The factors of two numbers. */
  static LinearMap.Row pair(double first, double second) {
    return new LinearMap.Row(TWO, new double[] {first, second});
  }

  private static <T> List<T> each(int size, IntFunction<T> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }
}
